@NullMarked
package dev.soundlift.plan;

import org.jspecify.annotations.NullMarked;
