package dev.pulse.etl.connectors.github;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.local.world.CodeIssue;
import dev.pulse.local.world.CodeIssue.Event;
import dev.pulse.local.world.CodeIssue.Kind;
import dev.pulse.local.world.CodeIssue.Target;
import dev.pulse.local.world.CodeMilestone;
import dev.pulse.local.world.Person;
import dev.pulse.local.world.World;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a complete copy holds of the issues that the simulated repositories keep. */
final class GitHubIssueTruth {

  private final JdbcClient jdbc;
  private final World world;
  private final long connection;

  GitHubIssueTruth(JdbcClient jdbc, World world, long connection) {
    this.jdbc = jdbc;
    this.world = world;
    this.connection = connection;
  }

  void assertEqual() {
    var all = issues();
    assertThat(rows(ISSUES)).containsExactlyInAnyOrderElementsOf(each(all, this::issue));
    assertThat(rows(CHANGES)).containsExactlyInAnyOrderElementsOf(flat(all, this::changes));
    assertThat(rows(HINTS)).containsExactlyInAnyOrderElementsOf(flat(all, this::hints));
    assertThat(rows(RELATIONS)).containsExactlyInAnyOrderElementsOf(flat(all, this::relations));
    assertThat(rows(COMMENTS)).containsExactlyInAnyOrderElementsOf(flat(all, this::comments));
    assertThat(rows(MILESTONES)).containsExactlyInAnyOrderElementsOf(milestones());
    assertThat(rows(STATUSES)).containsExactlyInAnyOrder("CLOSED|DONE", "OPEN|TODO");
  }

  private static final String ISSUES =
      """
      select concat_ws('|', w.kind, w.key, r.full_name, w.status_id, w.title, w.body, coalesce(w.resolution, '-'),
        coalesce(author.login, '-'), coalesce(assignee.login, '-'), jsonb_array_length(w.extra -> 'assignees'),
        w.labels, coalesce(m.name, '-'), coalesce(parent.key, '-'), extract(epoch from w.created_at)::bigint,
        extract(epoch from w.source_updated_at)::bigint, extract(epoch from w.resolved_at)::bigint, w.url)
      from work_item w
      join repository r on r.connection_id = w.connection_id and r.external_id = w.project_id
      left join account author on author.connection_id = w.connection_id and author.external_id = w.reporter_id
      left join account assignee on assignee.connection_id = w.connection_id and assignee.external_id = w.assignee_id
      left join release m on m.connection_id = w.connection_id and m.kind = 'milestone'
        and m.external_id = w.extra ->> 'milestone' and m.deleted_at is null
      left join work_item parent on parent.connection_id = w.connection_id and parent.external_id = w.parent_id
        and parent.deleted_at is null
      where w.connection_id = ? and w.deleted_at is null
      """;

  private static final String CHANGES =
      """
      select concat_ws('|', w.key, c.field, coalesce(c.from_text, '-'), coalesce(c.to_text, '-'),
        coalesce(a.login, '-'), extract(epoch from c.changed_at)::bigint)
      from work_item_change c
      join work_item w on w.connection_id = c.connection_id and w.kind = c.work_item_kind and w.external_id = c.work_item_id
      left join account a on a.connection_id = c.connection_id and a.external_id = c.author_id
      where c.connection_id = ? and c.deleted_at is null and w.deleted_at is null and c.field <> 'parent'
      """;

  private static final String HINTS =
      """
      select concat_ws('|', w.key, h.kind, coalesce(p.number::text, h.target_id))
      from link_hint h
      join work_item w on w.connection_id = h.connection_id and w.external_id = h.from_id and h.from_kind = 'work_item'
      left join pull_request p on p.connection_id = h.connection_id and p.external_id = h.target_id
        and h.target_kind = 'pull_request'
      where h.connection_id = ? and h.deleted_at is null and w.deleted_at is null
      """;

  /** Of those with issues that are still there: what is gone is not told of any more, or is. */
  private static final String RELATIONS =
      """
      select concat_ws('|', w.key, i.kind, other.key, i.other_key)
      from item_relation i
      join work_item w on w.connection_id = i.connection_id and w.external_id = i.work_item_id
      join work_item other on other.connection_id = i.connection_id and other.external_id = i.other_id
      where i.connection_id = ? and i.deleted_at is null and w.deleted_at is null and other.deleted_at is null
      """;

  /** The issue of a comment is found by its repository and number. */
  private static final String COMMENTS =
      """
      select concat_ws('|', w.key, c.kind, c.external_id, a.login, c.body)
      from comment c
      join work_item w on w.connection_id = c.connection_id and w.project_id = c.repository_id
        and (w.extra ->> 'number')::bigint = c.parent_number
      left join account a on a.connection_id = c.connection_id and a.external_id = c.author_id
      where c.connection_id = ? and c.parent_kind = 'work_item' and c.deleted_at is null and w.deleted_at is null
      """;

  private static final String MILESTONES =
      """
      select concat_ws('|', r.full_name, e.name, e.description, e.state, e.due_on, e.extra ->> 'number',
        extract(epoch from e.created_at)::bigint, extract(epoch from e.released_at)::bigint,
        extract(epoch from e.source_updated_at)::bigint)
      from release e
      join repository r on r.connection_id = e.connection_id and r.external_id = e.project_id
      where e.connection_id = ? and e.kind = 'milestone' and e.deleted_at is null
      """;

  private static final String STATUSES =
      "select external_id || '|' || category from work_status where connection_id = ?";

  private List<CodeIssue> issues() {
    var issues = world.codeIssues();
    return IntStream.range(0, issues.count())
        .filter(index -> !issues.gone(index))
        .mapToObj(issues::issue)
        .filter(each -> !issues.switchedOff(each.repository()))
        .toList();
  }

  private String issue(CodeIssue issue) {
    var assigned = issue.assignees().stream().filter(each -> !each.gone()).toList();
    return text(
        "issue",
        key(issue),
        issue.repository().fullName(),
        issue.open() ? "OPEN" : "CLOSED",
        issue.title(),
        issue.body().replace('\u0000', '\uFFFD'),
        issue.open() || issue.reason() == null ? "-" : issue.reason(),
        login(issue.author()),
        assigned.isEmpty() ? "-" : assigned.getFirst().login(),
        assigned.size(),
        issue.labels().stream().map(each -> '"' + each + '"').collect(joining(", ", "[", "]")),
        world
            .codeIssues()
            .milestones()
            .find(issue.repository(), issue.milestone())
            .map(CodeMilestone::title)
            .orElse("-"),
        issue.parent() == null || gone(issue.parent()) ? "-" : key(other(issue.parent())),
        issue.created().getEpochSecond(),
        issue.updated().getEpochSecond(),
        seconds(issue.closed()),
        "https://github.com/%s/issues/%d".formatted(issue.repository().fullName(), issue.number()));
  }

  private Stream<String> changes(CodeIssue issue) {
    var rows = new ArrayList<String>();
    String resolution = null;
    for (var event : issue.events()) {
      var status = event.type().equals("ClosedEvent");
      var next = status ? event.text() : null;
      switch (event.type()) {
        case "ClosedEvent", "ReopenedEvent" -> {
          rows.add(
              change(
                  issue, event, "status", status ? "Open" : "Closed", status ? "Closed" : "Open"));
          if (resolution != null || next != null) {
            rows.add(change(issue, event, "resolution", resolution, next));
          }
          resolution = next;
        }
        case "AssignedEvent" -> rows.add(change(issue, event, "assignee", null, person(event)));
        case "UnassignedEvent" -> rows.add(change(issue, event, "assignee", person(event), null));
        case "LabeledEvent" -> rows.add(change(issue, event, "labels", null, event.text()));
        case "UnlabeledEvent" -> rows.add(change(issue, event, "labels", event.text(), null));
        case "MilestonedEvent" -> rows.add(change(issue, event, "milestone", null, event.text()));
        case "DemilestonedEvent" -> rows.add(change(issue, event, "milestone", event.text(), null));
        case "RenamedTitleEvent" ->
            rows.add(change(issue, event, "title", event.before(), event.text()));
        case "TransferredEvent" ->
            rows.add(
                change(
                    issue,
                    event,
                    "repository",
                    world.repository(target(event).index()).fullName(),
                    issue.repository().fullName()));
        default -> {}
      }
    }
    return rows.stream();
  }

  private static String change(
      CodeIssue issue, Event event, String field, @Nullable String from, @Nullable String to) {
    return text(
        key(issue),
        field,
        from == null ? "-" : from,
        to == null ? "-" : to,
        login(event.actor()),
        event.at().getEpochSecond());
  }

  private static @Nullable String person(Event event) {
    var person = event.person();
    return person == null || person.gone() ? null : person.login();
  }

  private Stream<String> hints(CodeIssue issue) {
    var rows = new ArrayList<String>();
    Set<Integer> connected = new LinkedHashSet<>();
    for (var event : issue.events()) {
      var target = event.target();
      if (target == null) continue;
      switch (event.type()) {
        case "ClosedEvent" ->
            rows.add(
                text(
                    key(issue),
                    "closed_by",
                    target.kind() == Kind.COMMIT ? target.sha() : pull(target.index())));
        case "CrossReferencedEvent" -> {
          if (target.kind() != Kind.PULL) continue;
          var kind = target.closes() ? "closing_reference" : "cross_reference";
          rows.add(text(key(issue), kind, pull(target.index())));
        }
        case "ConnectedEvent" -> connected.add(target.index());
        case "DisconnectedEvent" -> connected.remove(target.index());
        default -> {}
      }
    }
    connected.forEach(index -> rows.add(text(key(issue), "connected", pull(index))));
    return rows.stream();
  }

  private Stream<String> relations(CodeIssue issue) {
    var rows = new ArrayList<String>();
    Set<Integer> duplicates = new LinkedHashSet<>();
    for (var event : issue.events()) {
      var target = event.target();
      if (target == null || target.kind() != Kind.ISSUE || gone(target.index())) continue;
      switch (event.type()) {
        case "CrossReferencedEvent" -> rows.add(relation(issue, "is mentioned by", target));
        case "MarkedAsDuplicateEvent" -> duplicates.add(target.index());
        case "UnmarkedAsDuplicateEvent" -> duplicates.remove(target.index());
        default -> {}
      }
    }
    for (var index : duplicates) {
      rows.add(relation(issue, "duplicates", new Target(Kind.ISSUE, index, "", false)));
    }
    return rows.stream();
  }

  private String relation(CodeIssue issue, String kind, Target target) {
    var other = key(other(target.index()));
    return text(key(issue), kind, other, other);
  }

  private Stream<String> comments(CodeIssue issue) {
    return issue.comments().stream()
        .map(
            each ->
                text(
                    key(issue),
                    "COMMENT",
                    each.databaseId(),
                    each.author().gone() ? "ghost" : each.author().login(),
                    each.body().replace('\u0000', '\uFFFD')));
  }

  private List<String> milestones() {
    return world.repositories().stream()
        .flatMap(each -> world.codeIssues().milestones().of(each).stream())
        .map(
            each ->
                text(
                    each.repository().fullName(),
                    each.title(),
                    each.description().replace('\u0000', '\uFFFD'),
                    each.closed() == null ? "PLANNED" : "RELEASED",
                    each.due() == null ? null : each.due().atOffset(ZoneOffset.UTC).toLocalDate(),
                    each.number(),
                    each.created().getEpochSecond(),
                    seconds(each.closed()),
                    each.updated().getEpochSecond()))
        .toList();
  }

  private boolean gone(int issue) {
    return world.codeIssues().gone(issue);
  }

  private CodeIssue other(int index) {
    return world.codeIssues().issue(index);
  }

  private String pull(int index) {
    return String.valueOf(world.pull(index).number());
  }

  private static Target target(Event event) {
    return Objects.requireNonNull(event.target());
  }

  private static String key(CodeIssue issue) {
    return issue.repository().fullName() + "#" + issue.number();
  }

  private static String login(Person person) {
    return person.gone() ? "-" : person.login();
  }

  private static @Nullable Long seconds(@Nullable Instant at) {
    return at == null ? null : at.getEpochSecond();
  }

  /** As concat_ws does it: what is null is left out. */
  private static String text(@Nullable Object... values) {
    return Stream.of(values)
        .filter(each -> each != null)
        .map(String::valueOf)
        .collect(joining("|"));
  }

  private static List<String> each(List<CodeIssue> issues, Function<CodeIssue, String> row) {
    return issues.stream().map(row).toList();
  }

  private static List<String> flat(
      List<CodeIssue> issues, Function<CodeIssue, Stream<String>> rows) {
    return issues.stream().flatMap(rows).toList();
  }

  private List<String> rows(String sql) {
    return jdbc.sql(sql).param(connection).query(String.class).list();
  }
}
