@NullMarked
package dev.soundlift.source;

import org.jspecify.annotations.NullMarked;
