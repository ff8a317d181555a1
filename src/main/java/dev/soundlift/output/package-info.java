@NullMarked
package dev.soundlift.output;

import org.jspecify.annotations.NullMarked;
