package dev.pulse.etl.connectors.records;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A state that a deployment came into.
 *
 * @param state PENDING, QUEUED, RUNNING, SUCCESS, FAILURE, ERROR or INACTIVE
 */
public record DeploymentStatus(
    String externalId,
    String deploymentId,
    String state,
    @Nullable String creatorId,
    Instant happenedAt,
    @Nullable String url)
    implements SourceRecord {}
