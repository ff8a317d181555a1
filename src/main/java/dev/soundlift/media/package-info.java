/** Facts about media, as probing finds them. */
@NullMarked
package dev.soundlift.media;

import org.jspecify.annotations.NullMarked;
