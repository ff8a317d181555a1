@NullMarked
package dev.soundlift.engine.cloud;

import org.jspecify.annotations.NullMarked;
