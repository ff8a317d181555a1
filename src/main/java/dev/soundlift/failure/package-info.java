@NullMarked
package dev.soundlift.failure;

import org.jspecify.annotations.NullMarked;
