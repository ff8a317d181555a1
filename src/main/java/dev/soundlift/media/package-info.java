@NullMarked
package dev.soundlift.media;

import org.jspecify.annotations.NullMarked;
