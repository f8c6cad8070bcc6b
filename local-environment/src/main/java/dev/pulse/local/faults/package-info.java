/** What can go wrong with a source, switchable while it runs. */
@NullMarked
package dev.pulse.local.faults;

import org.jspecify.annotations.NullMarked;
