package dev.pulse.etl.connectors.records;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row that a source gave, of one of the kinds that Pulse keeps. */
public sealed interface SourceRecord
    permits Organization,
        Account,
        AccountSighting,
        Project,
        Field,
        WorkItemType,
        WorkStatus,
        WorkItem,
        WorkItemChange,
        Comment,
        Repository,
        Commit,
        PullRequest,
        PullRequestCommit,
        PullRequestEvent,
        Review,
        Team,
        TeamMember,
        Board,
        Sprint,
        SprintItem,
        Release,
        Worklog,
        ItemRelation,
        LinkHint,
        CommitParent,
        Build,
        BuildJob,
        Deployment,
        DeploymentStatus {

  /** The source's own id, unique per connection and kind. */
  String externalId();

  /**
   * When the source last changed it: an older state never overwrites a newer one. Null where the
   * source does not say.
   */
  default @Nullable Instant updatedAt() {
    return null;
  }
}
