package dev.pulse.etl.connectors.records;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A piece of planned work: an issue, epic, feature, idea and so on.
 *
 * @param kind what the tables call it: issue, epic, feature, idea, goal, initiative, requirement
 * @param key what people call it, such as PAY-12
 * @param projectId external id of the project, or of the repository where the source keeps the work
 *     there
 * @param parentId external id of the parent work item
 * @param labels JSON array of strings
 * @param estimate in the source's own unit, such as story points
 * @param extra JSON object of all other fields
 * @param teamId external id of the team it is assigned to
 */
public record WorkItem(
    String kind,
    String externalId,
    String key,
    String projectId,
    @Nullable String typeId,
    @Nullable String statusId,
    String title,
    @Nullable String body,
    @Nullable String priority,
    @Nullable String resolution,
    @Nullable String assigneeId,
    @Nullable String reporterId,
    @Nullable String parentId,
    @Nullable String labels,
    @Nullable Double estimate,
    @Nullable Instant createdAt,
    @Nullable Instant sourceUpdatedAt,
    @Nullable Instant resolvedAt,
    @Nullable String dueOn,
    @Nullable String url,
    @Nullable String extra,
    @Nullable String teamId)
    implements SourceRecord {
  @Override
  public @Nullable Instant updatedAt() {
    return sourceUpdatedAt;
  }
}
