/** Proofs that nothing is lost and nothing doubled, whatever is killed, cut or frozen. */
@NullMarked
package dev.pulse.etl.proofs;

import org.jspecify.annotations.NullMarked;
