/** The simulated organisation by itself. */
@NullMarked
package dev.pulse.local.world;

import org.jspecify.annotations.NullMarked;
