package dev.pulse.etl.ingest;

import static dev.pulse.etl.ingest.RecordTable.Kind.BOOLEAN;
import static dev.pulse.etl.ingest.RecordTable.Kind.DATE;
import static dev.pulse.etl.ingest.RecordTable.Kind.DOUBLE;
import static dev.pulse.etl.ingest.RecordTable.Kind.INSTANT;
import static dev.pulse.etl.ingest.RecordTable.Kind.INT;
import static dev.pulse.etl.ingest.RecordTable.Kind.JSON;
import static dev.pulse.etl.ingest.RecordTable.Kind.LONG;
import static dev.pulse.etl.ingest.RecordTable.Kind.TEXT;

import dev.pulse.etl.connectors.records.*;
import dev.pulse.etl.ingest.RecordTable.Column;
import dev.pulse.etl.ingest.RecordTable.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Every type of record and its table, in the order in which a page writes them: one fixed order for
 * all pages, so that pages written side by side never wait for each other in a circle.
 */
final class RecordLayout {

  static final List<RecordTable<?>> TABLES =
      List.of(
          table(Organization.class, "organization")
              .with("login", TEXT, Organization::login)
              .with("name", TEXT, Organization::name)
              .with("url", TEXT, Organization::url)
              .mapping(1),
          table(Account.class, "account")
              .with("login", TEXT, Account::login)
              .with("name", TEXT, Account::name)
              .with("email", TEXT, Account::email)
              .with("kind", TEXT, Account::kind)
              .with("active", BOOLEAN, Account::active)
              .with("extra", JSON, Account::extra)
              .with("sighted", BOOLEAN, row -> false)
              .mapping(1),
          table(AccountSighting.class, "account")
              .with("login", TEXT, AccountSighting::login)
              .with("name", TEXT, AccountSighting::name)
              .with("kind", TEXT, AccountSighting::kind)
              .with("sighted", BOOLEAN, row -> true)
              .overwriteOnlyIf("t.sighted")
              .mapping(1),
          table(Project.class, "project")
              .with("key", TEXT, Project::key)
              .with("name", TEXT, Project::name)
              .with("kind", TEXT, Project::kind)
              .with("lead_id", TEXT, Project::leadId)
              .with("archived", BOOLEAN, Project::archived)
              .with("url", TEXT, Project::url)
              .with("extra", JSON, Project::extra)
              .mapping(1),
          table(Field.class, "field")
              .with("key", TEXT, Field::key)
              .with("name", TEXT, Field::name)
              .with("type", TEXT, Field::type)
              .with("custom", BOOLEAN, Field::custom)
              .mapping(1),
          table(WorkItemType.class, "work_item_type")
              .with("name", TEXT, WorkItemType::name)
              .with("level", INT, WorkItemType::level)
              .with("project_id", TEXT, WorkItemType::projectId)
              .mapping(1),
          table(WorkStatus.class, "work_status")
              .with("name", TEXT, WorkStatus::name)
              .with("category", TEXT, WorkStatus::category)
              .with("project_id", TEXT, WorkStatus::projectId)
              .mapping(1),
          table(Repository.class, "repository")
              .with("name", TEXT, Repository::name)
              .with("full_name", TEXT, Repository::fullName)
              .with("default_branch", TEXT, Repository::defaultBranch)
              .with("is_private", BOOLEAN, Repository::isPrivate)
              .with("archived", BOOLEAN, Repository::archived)
              .with("fork", BOOLEAN, Repository::fork)
              .with("language", TEXT, Repository::language)
              .with("created_at", INSTANT, Repository::createdAt)
              .with("pushed_at", INSTANT, Repository::pushedAt)
              .with("url", TEXT, Repository::url)
              .with("extra", JSON, Repository::extra)
              .mapping(1),
          table(WorkItem.class, "work_item")
              .with("kind", TEXT, WorkItem::kind)
              .with("key", TEXT, WorkItem::key)
              .with("project_id", TEXT, WorkItem::projectId)
              .with("type_id", TEXT, WorkItem::typeId)
              .with("status_id", TEXT, WorkItem::statusId)
              .with("title", TEXT, WorkItem::title)
              .with("body", TEXT, WorkItem::body)
              .with("priority", TEXT, WorkItem::priority)
              .with("resolution", TEXT, WorkItem::resolution)
              .with("assignee_id", TEXT, WorkItem::assigneeId)
              .with("reporter_id", TEXT, WorkItem::reporterId)
              .with("parent_id", TEXT, WorkItem::parentId)
              .with("labels", JSON, WorkItem::labels)
              .with("estimate", DOUBLE, WorkItem::estimate)
              .with("created_at", INSTANT, WorkItem::createdAt)
              .with("source_updated_at", INSTANT, WorkItem::sourceUpdatedAt)
              .with("resolved_at", INSTANT, WorkItem::resolvedAt)
              .with("due_on", DATE, WorkItem::dueOn)
              .with("url", TEXT, WorkItem::url)
              .with("extra", JSON, WorkItem::extra)
              .key("kind", "external_id")
              .mapping(1),
          table(WorkItemChange.class, "work_item_change")
              .with("work_item_kind", TEXT, WorkItemChange::workItemKind)
              .with("work_item_id", TEXT, WorkItemChange::workItemId)
              .with("field", TEXT, WorkItemChange::field)
              .with("field_id", TEXT, WorkItemChange::fieldId)
              .with("from_id", TEXT, WorkItemChange::fromId)
              .with("from_text", TEXT, WorkItemChange::fromText)
              .with("to_id", TEXT, WorkItemChange::toId)
              .with("to_text", TEXT, WorkItemChange::toText)
              .with("author_id", TEXT, WorkItemChange::authorId)
              .with("changed_at", INSTANT, WorkItemChange::changedAt)
              .childOf("work_item_id")
              .mapping(1),
          table(PullRequest.class, "pull_request")
              .with("repository_id", TEXT, PullRequest::repositoryId)
              .with("number", LONG, PullRequest::number)
              .with("title", TEXT, PullRequest::title)
              .with("body", TEXT, PullRequest::body)
              .with("state", TEXT, PullRequest::state)
              .with("draft", BOOLEAN, PullRequest::draft)
              .with("author_id", TEXT, PullRequest::authorId)
              .with("base_ref", TEXT, PullRequest::baseRef)
              .with("head_ref", TEXT, PullRequest::headRef)
              .with("base_sha", TEXT, PullRequest::baseSha)
              .with("head_sha", TEXT, PullRequest::headSha)
              .with("merge_sha", TEXT, PullRequest::mergeSha)
              .with("additions", INT, PullRequest::additions)
              .with("deletions", INT, PullRequest::deletions)
              .with("changed_files", INT, PullRequest::changedFiles)
              .with("commit_count", INT, PullRequest::commitCount)
              .with("merged_by_id", TEXT, PullRequest::mergedById)
              .with("labels", JSON, PullRequest::labels)
              .with("created_at", INSTANT, PullRequest::createdAt)
              .with("source_updated_at", INSTANT, PullRequest::sourceUpdatedAt)
              .with("closed_at", INSTANT, PullRequest::closedAt)
              .with("merged_at", INSTANT, PullRequest::mergedAt)
              .with("url", TEXT, PullRequest::url)
              .with("extra", JSON, PullRequest::extra)
              .mapping(1),
          table(Commit.class, "commit")
              .with("repository_id", TEXT, Commit::repositoryId)
              .with("message", TEXT, Commit::message)
              .with("author_name", TEXT, Commit::authorName)
              .with("author_email", TEXT, Commit::authorEmail)
              .with("author_id", TEXT, Commit::authorId)
              .with("authored_at", INSTANT, Commit::authoredAt)
              .with("committed_at", INSTANT, Commit::committedAt)
              .key("repository_id", "external_id")
              .mapping(1),
          table(PullRequestCommit.class, "pull_request_commit")
              .with("pull_request_id", TEXT, PullRequestCommit::pullRequestId)
              .with("position", INT, PullRequestCommit::position)
              .key("pull_request_id", "external_id")
              .childOf("pull_request_id")
              .mapping(1),
          table(PullRequestEvent.class, "pull_request_event")
              .with("pull_request_id", TEXT, PullRequestEvent::pullRequestId)
              .with("kind", TEXT, PullRequestEvent::kind)
              .with("actor_id", TEXT, PullRequestEvent::actorId)
              .with("subject", TEXT, PullRequestEvent::subject)
              .with("happened_at", INSTANT, PullRequestEvent::happenedAt)
              .childOf("pull_request_id")
              .mapping(1),
          table(Review.class, "review")
              .with("pull_request_id", TEXT, Review::pullRequestId)
              .with("author_id", TEXT, Review::authorId)
              .with("state", TEXT, Review::state)
              .with("commit_sha", TEXT, Review::commitSha)
              .with("submitted_at", INSTANT, Review::submittedAt)
              .with("source_updated_at", INSTANT, Review::sourceUpdatedAt)
              .childOf("pull_request_id")
              .mapping(1),
          table(Comment.class, "comment")
              .with("parent_kind", TEXT, Comment::parentKind)
              .with("parent_id", TEXT, Comment::parentId)
              .with("repository_id", TEXT, Comment::repositoryId)
              .with("parent_number", LONG, Comment::parentNumber)
              .with("kind", TEXT, Comment::kind)
              .with("review_id", TEXT, Comment::reviewId)
              .with("reply_to_id", TEXT, Comment::replyToId)
              .with("path", TEXT, Comment::path)
              .with("author_id", TEXT, Comment::authorId)
              .with("body", TEXT, Comment::body)
              .with("created_at", INSTANT, Comment::createdAt)
              .with("source_updated_at", INSTANT, Comment::sourceUpdatedAt)
              .key("kind", "external_id")
              .childOf("parent_id")
              .mapping(1));

  private RecordLayout() {}

  private static <R extends SourceRecord> Rows<R> table(Class<R> type, String name) {
    return new Rows<>(type, name);
  }

  /** Spells a table out, column by column. */
  private static final class Rows<R extends SourceRecord> {

    private final Class<R> type;
    private final String name;
    private final List<Column<R>> columns = new ArrayList<>();
    private List<String> key = List.of("external_id");
    private @Nullable String parent;
    private String guard = "";

    Rows(Class<R> type, String name) {
      this.type = type;
      this.name = name;
      with("external_id", TEXT, SourceRecord::externalId);
    }

    Rows<R> with(String column, Kind kind, Function<R, @Nullable Object> value) {
      columns.add(new Column<>(column, kind, value));
      return this;
    }

    Rows<R> key(String... columns) {
      key = List.of(columns);
      return this;
    }

    Rows<R> childOf(String column) {
      parent = column;
      return this;
    }

    Rows<R> overwriteOnlyIf(String condition) {
      guard = condition;
      return this;
    }

    RecordTable<R> mapping(int version) {
      return new RecordTable<>(type, name, version, key, parent, guard, List.copyOf(columns));
    }
  }
}
