/** Sentences for people, in the languages that Soundlift speaks. */
@NullMarked
package dev.soundlift.text;

import org.jspecify.annotations.NullMarked;
