/** Tests of the launcher: with real processes, real ports and the real script. */
@NullMarked
package dev.pulse.local.launcher;

import org.jspecify.annotations.NullMarked;
