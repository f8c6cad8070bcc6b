package dev.pulse.etl.ingest;

import dev.pulse.etl.connectors.ConnectionSettings.Scope;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * For whom pages are stored: one connection, in one run, under one fence.
 *
 * @param startFrom floor of first walks; null = all history
 */
public record RunScope(Fence fence, long connectionId, Scope scope, @Nullable Instant startFrom) {}
