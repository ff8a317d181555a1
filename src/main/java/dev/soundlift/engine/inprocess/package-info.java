@NullMarked
package dev.soundlift.engine.inprocess;

import org.jspecify.annotations.NullMarked;
