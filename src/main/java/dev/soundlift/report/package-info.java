/** What became of each output, for people and for programs. */
@NullMarked
package dev.soundlift.report;

import org.jspecify.annotations.NullMarked;
