@NullMarked
package dev.soundlift.engine;

import org.jspecify.annotations.NullMarked;
