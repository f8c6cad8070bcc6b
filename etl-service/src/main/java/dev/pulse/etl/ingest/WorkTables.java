package dev.pulse.etl.ingest;

import static dev.pulse.etl.ingest.RecordLayout.table;
import static dev.pulse.etl.ingest.RecordTable.Kind.BOOLEAN;
import static dev.pulse.etl.ingest.RecordTable.Kind.DATE;
import static dev.pulse.etl.ingest.RecordTable.Kind.DOUBLE;
import static dev.pulse.etl.ingest.RecordTable.Kind.INSTANT;
import static dev.pulse.etl.ingest.RecordTable.Kind.INT;
import static dev.pulse.etl.ingest.RecordTable.Kind.JSON;
import static dev.pulse.etl.ingest.RecordTable.Kind.LONG;
import static dev.pulse.etl.ingest.RecordTable.Kind.TEXT;

import dev.pulse.etl.connectors.records.*;
import dev.pulse.etl.ingest.Parent.Numbered;
import java.util.List;

/** The tables of planned work, and of who does it. */
final class WorkTables {

  /** Of items that have one; of others, that field may hold anything. */
  private static final String NUMBER =
      "case when %1$s.extra ->> 'number' ~ '^[0-9]{1,18}$' then (%1$s.extra ->> 'number')::bigint"
          + " end";

  static List<RecordTable<?>> all() {
    return List.of(
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
        table(Team.class, "team")
            .with("key", TEXT, Team::key)
            .with("name", TEXT, Team::name)
            .with("parent_id", TEXT, Team::parentId)
            .with("url", TEXT, Team::url)
            .with("extra", JSON, Team::extra)
            .mapping(1),
        table(TeamMember.class, "team_member")
            .with("team_id", TEXT, TeamMember::teamId)
            .with("role", TEXT, TeamMember::role)
            .key("team_id", "external_id")
            .childOf("team")
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
        table(Board.class, "board")
            .with("name", TEXT, Board::name)
            .with("kind", TEXT, Board::kind)
            .with("project_id", TEXT, Board::projectId)
            .with("url", TEXT, Board::url)
            .mapping(1),
        table(Sprint.class, "sprint")
            .with("board_id", TEXT, Sprint::boardId)
            .with("name", TEXT, Sprint::name)
            .with("goal", TEXT, Sprint::goal)
            .with("state", TEXT, Sprint::state)
            .with("starts_at", INSTANT, Sprint::startsAt)
            .with("ends_at", INSTANT, Sprint::endsAt)
            .with("completed_at", INSTANT, Sprint::completedAt)
            .mapping(1),
        table(Release.class, "release")
            .with("kind", TEXT, Release::kind)
            .with("project_id", TEXT, Release::projectId)
            .with("repository_id", TEXT, Release::repositoryId)
            .with("name", TEXT, Release::name)
            .with("tag", TEXT, Release::tag)
            .with("target", TEXT, Release::target)
            .with("description", TEXT, Release::description)
            .with("state", TEXT, Release::state)
            .with("created_at", INSTANT, Release::createdAt)
            .with("starts_on", DATE, Release::startsOn)
            .with("due_on", DATE, Release::dueOn)
            .with("released_at", INSTANT, Release::releasedAt)
            .with("source_updated_at", INSTANT, Release::sourceUpdatedAt)
            .with("url", TEXT, Release::url)
            .with("extra", JSON, Release::extra)
            .key("kind", "external_id")
            .childOf("project")
            .partOf("project_id", "repository_id")
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
            .with("team_id", TEXT, WorkItem::teamId)
            .key("kind", "external_id")
            .partOf("project_id")
            .numbered("project_id", NUMBER)
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
            .childOf("work_item")
            .mapping(1),
        table(SprintItem.class, "sprint_item")
            .with("sprint_id", TEXT, SprintItem::sprintId)
            .with("work_item_id", TEXT, SprintItem::workItemId)
            .with("added_at", INSTANT, SprintItem::addedAt)
            .with("removed_at", INSTANT, SprintItem::removedAt)
            .childOf("work_item")
            .goingWith("sprint")
            .mapping(1),
        table(ItemRelation.class, "item_relation")
            .with("work_item_id", TEXT, ItemRelation::workItemId)
            .with("kind", TEXT, ItemRelation::kind)
            .with("other_id", TEXT, ItemRelation::otherId)
            .with("other_key", TEXT, ItemRelation::otherKey)
            .childOf("work_item")
            .mapping(1),
        table(Worklog.class, "worklog")
            .with("work_item_id", TEXT, Worklog::workItemId)
            .with("author_id", TEXT, Worklog::authorId)
            .with("started_at", INSTANT, Worklog::startedAt)
            .with("seconds", LONG, Worklog::seconds)
            .with("body", TEXT, Worklog::body)
            .with("created_at", INSTANT, Worklog::createdAt)
            .with("source_updated_at", INSTANT, Worklog::sourceUpdatedAt)
            .childOf("work_item")
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
            .childOfAny(
                "parent_id", "parent_kind", new Numbered("repository_id", "%s.parent_number"))
            .partOf("repository_id")
            .mapping(1),
        table(LinkHint.class, "link_hint")
            .with("from_kind", TEXT, LinkHint::fromKind)
            .with("from_id", TEXT, LinkHint::fromId)
            .with("kind", TEXT, LinkHint::kind)
            .with("target_kind", TEXT, LinkHint::targetKind)
            .with("target_id", TEXT, LinkHint::targetId)
            .with("url", TEXT, LinkHint::url)
            .with("text", TEXT, LinkHint::text)
            .with("source_updated_at", INSTANT, LinkHint::sourceUpdatedAt)
            .childOfAny("from_id", "from_kind")
            .mapping(1));
  }

  private WorkTables() {}
}
