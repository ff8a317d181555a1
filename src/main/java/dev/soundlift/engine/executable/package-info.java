@NullMarked
package dev.soundlift.engine.executable;

import org.jspecify.annotations.NullMarked;
