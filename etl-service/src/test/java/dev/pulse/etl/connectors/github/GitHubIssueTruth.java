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
    assertThat(rows(GitHubIssueRows.ISSUES))
        .containsExactlyInAnyOrderElementsOf(each(all, this::issue));
    assertThat(rows(GitHubIssueRows.CHANGES))
        .containsExactlyInAnyOrderElementsOf(flat(all, this::changes));
    assertThat(rows(GitHubIssueRows.HINTS))
        .containsExactlyInAnyOrderElementsOf(flat(all, this::hints));
    assertThat(rows(GitHubIssueRows.RELATIONS))
        .containsExactlyInAnyOrderElementsOf(flat(all, this::relations));
    assertThat(rows(GitHubIssueRows.COMMENTS))
        .containsExactlyInAnyOrderElementsOf(flat(all, this::comments));
    assertThat(rows(GitHubIssueRows.MILESTONES)).containsExactlyInAnyOrderElementsOf(milestones());
    assertThat(rows(GitHubIssueRows.STATUSES))
        .containsExactlyInAnyOrder("CLOSED|DONE", "OPEN|TODO");
  }

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
