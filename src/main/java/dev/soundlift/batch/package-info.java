@NullMarked
package dev.soundlift.batch;

import org.jspecify.annotations.NullMarked;
