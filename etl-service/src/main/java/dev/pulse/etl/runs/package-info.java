/**
 * Jobs and their runs: what is due, who may run it, and how it ended. The only writer of run state.
 * Quartz decides when a job is due; the {@link dev.pulse.etl.runs.Dispatcher} claims due jobs; a
 * lease with a token that only grows decides who may write.
 */
@ApplicationModule(allowedDependencies = {"platform", "connectors", "connections", "ingest"})
@NullMarked
package dev.pulse.etl.runs;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
