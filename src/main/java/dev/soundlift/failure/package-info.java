/** The one exception: kind, what happened, next step. */
@NullMarked
package dev.soundlift.failure;

import org.jspecify.annotations.NullMarked;
