package dev.pulse.etl.connectors.records;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a run of a pipeline.
 *
 * @param attempt 1 = first
 * @param trigger event that started it
 * @param state QUEUED, RUNNING or FINISHED
 * @param result SUCCESS, FAILURE, CANCELLED, SKIPPED, TIMED_OUT, NEUTRAL or ACTION_REQUIRED; null
 *     until finished
 * @param extra JSON object
 */
public record Build(
    String externalId,
    int attempt,
    @Nullable String repositoryId,
    @Nullable String pipelineId,
    String name,
    @Nullable Long number,
    @Nullable String trigger,
    @Nullable String branch,
    @Nullable String commitSha,
    String state,
    @Nullable String result,
    @Nullable String actorId,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Instant sourceUpdatedAt,
    @Nullable String url,
    @Nullable String extra)
    implements SourceRecord {
  @Override
  public @Nullable Instant updatedAt() {
    return sourceUpdatedAt;
  }
}
