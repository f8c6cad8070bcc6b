package dev.pulse.local.github;

import dev.pulse.local.world.CodeIssue;
import dev.pulse.local.world.CodeIssue.Event;
import dev.pulse.local.world.CodeMilestone;
import dev.pulse.local.world.PullRequest;
import dev.pulse.local.world.Repository;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The issues of a repository and everything below them, in GraphQL. */
final class IssueFields {

  private final Hub hub;
  private final IssuePages pages;

  IssueFields(Hub hub) {
    this.hub = hub;
    this.pages = new IssuePages(hub);
  }

  void wire(RuntimeWiring.Builder wiring) {
    Fields.of(wiring, Repository.class, "Repository")
        .plain("hasIssuesEnabled", row -> !hub.issues().switchedOff(row))
        .asked("issues", pages::page)
        .asked("milestones", this::milestones);
    Fields.of(wiring, PullRequest.class, "PullRequest")
        .asked("closingIssuesReferences", (pull, env) -> Connection.of(closedBy(pull), env));
    issue(Fields.of(wiring, CodeIssue.class, "Issue"));
    milestone(Fields.of(wiring, CodeMilestone.class, "Milestone"));
    new IssueEventFields(hub, pages).wire(wiring);
  }

  private void issue(Fields<CodeIssue> fields) {
    fields
        .plain("id", IssueFields::id)
        .plain("fullDatabaseId", CodeIssue::databaseId)
        .plain("number", CodeIssue::number)
        .plain("title", CodeIssue::title)
        .plain("body", CodeIssue::body)
        .plain("url", row -> Urls.issue(row.repository(), row.number()))
        .plain("state", IssuePages::state)
        .asked("stateReason", IssueFields::reason)
        .plain("closed", row -> !row.open())
        .plain("createdAt", CodeIssue::created)
        .plain("updatedAt", CodeIssue::updated)
        .plain("closedAt", CodeIssue::closed)
        .plain("author", row -> PullFields.known(row.author()))
        .plain("repository", CodeIssue::repository)
        .plain(
            "milestone",
            row -> hub.issues().milestones().find(row.repository(), row.milestone()).orElse(null))
        .plain("parent", row -> row.parent() == null ? null : pages.at(row.parent()).orElse(null))
        .asked(
            "assignees",
            (row, env) ->
                Connection.of(row.assignees().stream().filter(each -> !each.gone()).toList(), env))
        .asked("labels", (row, env) -> Connection.of(row.labels(), env))
        .asked("comments", (row, env) -> Connection.of(row.comments(), env))
        .asked(
            "timelineItems",
            (row, env) -> new Timeline(row, Connection.of(happened(row, env), env)));
  }

  private static void milestone(Fields<CodeMilestone> fields) {
    fields
        .plain("id", IssueFields::id)
        .plain("number", CodeMilestone::number)
        .plain("title", CodeMilestone::title)
        .plain("description", CodeMilestone::description)
        .plain("state", row -> row.closed() == null ? "OPEN" : "CLOSED")
        .plain("closed", row -> row.closed() != null)
        .plain("url", row -> Urls.repository(row.repository()) + "/milestone/" + row.number())
        .plain("createdAt", CodeMilestone::created)
        .plain("updatedAt", CodeMilestone::updated)
        .plain("closedAt", CodeMilestone::closed)
        .plain("dueOn", CodeMilestone::due)
        .plain("creator", row -> PullFields.known(row.creator()))
        .plain("repository", CodeMilestone::repository);
  }

  static String id(CodeIssue issue) {
    return NodeIds.of("I", issue.repository().databaseId(), issue.databaseId());
  }

  static String id(CodeMilestone milestone) {
    return NodeIds.of("MI", milestone.repository().databaseId(), milestone.databaseId());
  }

  /** An issue with the part of its timeline that was asked for. */
  record Timeline(CodeIssue issue, Connection<Event> page) {}

  private Connection<CodeMilestone> milestones(Repository row, DataFetchingEnvironment env) {
    return MilestonePages.page(hub.issues().milestones().of(row), env);
  }

  /** Only those who ask for it are told that an issue is a duplicate. */
  private static @Nullable String reason(CodeIssue issue, DataFetchingEnvironment env) {
    boolean all = env.getArgumentOrDefault("enableDuplicate", false);
    return "DUPLICATE".equals(issue.reason()) && !all ? "NOT_PLANNED" : issue.reason();
  }

  private List<CodeIssue> closedBy(PullRequest pull) {
    int index = pull.index();
    boolean closes = index < hub.issues().count() && hub.issues().closer(index) != null;
    return closes ? pages.at(index).stream().toList() : List.of();
  }

  private List<Event> happened(CodeIssue issue, DataFetchingEnvironment env) {
    List<String> kinds = env.getArgument("itemTypes");
    String since = env.getArgument("since");
    Instant from = since == null ? Instant.MIN : Instant.parse(since);
    return pages.timeline(issue).stream()
        .filter(event -> kinds == null || kinds.contains(PullFields.itemType(event.type())))
        .filter(event -> !event.at().isBefore(from))
        .toList();
  }
}
