@NullMarked
package dev.soundlift.settings;

import org.jspecify.annotations.NullMarked;
