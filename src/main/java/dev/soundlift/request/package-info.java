/** What the user wishes: immutable, refuses nonsense, knows no file and no engine. */
@NullMarked
package dev.soundlift.request;

import org.jspecify.annotations.NullMarked;
