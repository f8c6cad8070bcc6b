/** The simulated GitHub, asked over HTTP and held against the official contracts. */
@NullMarked
package dev.pulse.local.github;

import org.jspecify.annotations.NullMarked;
