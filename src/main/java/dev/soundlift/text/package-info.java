@NullMarked
package dev.soundlift.text;

import org.jspecify.annotations.NullMarked;
