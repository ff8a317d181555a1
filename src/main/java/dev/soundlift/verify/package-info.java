@NullMarked
package dev.soundlift.verify;

import org.jspecify.annotations.NullMarked;
