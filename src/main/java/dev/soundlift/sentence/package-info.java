/** Requests in English and Chinese words: a grammar over a table of words; no network, no model. */
@NullMarked
package dev.soundlift.sentence;

import org.jspecify.annotations.NullMarked;
