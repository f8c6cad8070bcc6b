/** The simulated Jira, asked over HTTP and held against the official contracts. */
@NullMarked
package dev.pulse.local.jira;

import org.jspecify.annotations.NullMarked;
