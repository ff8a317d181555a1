/** Sound for programs, as it is read: samples or packets that are pulled, or published to subscribers. */
@NullMarked
package dev.soundlift.stream;

import org.jspecify.annotations.NullMarked;
