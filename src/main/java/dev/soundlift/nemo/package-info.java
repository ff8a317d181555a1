@NullMarked
package dev.soundlift.nemo;

import org.jspecify.annotations.NullMarked;
