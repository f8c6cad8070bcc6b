/**
 * One seeded, consistent organisation that knows the truth: what the simulated sources tell, and
 * what tests compare with.
 */
@NullMarked
package dev.pulse.local.world;

import org.jspecify.annotations.NullMarked;
