/**
 * A simulated Aha!, written from the vendor's documentation: REST API v1 with its paging, field
 * selection, errors and limits. Used by tests and by the demo, by nothing else.
 */
@NullMarked
package dev.pulse.local.aha;

import org.jspecify.annotations.NullMarked;
