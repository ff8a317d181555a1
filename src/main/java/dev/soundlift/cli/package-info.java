@NullMarked
package dev.soundlift.cli;

import org.jspecify.annotations.NullMarked;
