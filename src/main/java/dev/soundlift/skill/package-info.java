/** The two agent skills: files that tell an agent how to use this program. */
@NullMarked
package dev.soundlift.skill;

import org.jspecify.annotations.NullMarked;
