@NullMarked
package dev.soundlift.request;

import org.jspecify.annotations.NullMarked;
