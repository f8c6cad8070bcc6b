/**
 * Jira Cloud's REST API, version 3, as far as Pulse reads it; written from the vendor's
 * documentation.
 */
@NullMarked
package dev.pulse.local.jira;

import org.jspecify.annotations.NullMarked;
