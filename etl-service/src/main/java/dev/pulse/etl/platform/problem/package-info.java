/** How every refusal and failure is told to a client: RFC 9457, with a code and a remedy. */
@NullMarked
package dev.pulse.etl.platform.problem;

import org.jspecify.annotations.NullMarked;
