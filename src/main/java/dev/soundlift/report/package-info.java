@NullMarked
package dev.soundlift.report;

import org.jspecify.annotations.NullMarked;
