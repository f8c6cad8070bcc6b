/** The simulated Aha! by itself. */
@NullMarked
package dev.pulse.local.aha;

import org.jspecify.annotations.NullMarked;
