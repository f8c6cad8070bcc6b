package dev.pulse.etl.connectors.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.local.world.Issue;
import dev.pulse.local.world.Pointers;
import dev.pulse.local.world.Sprints;
import dev.pulse.local.world.World;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a complete copy of the simulated Jira holds. */
public final class JiraTruth {

  private final JdbcClient jdbc;
  private final World world;
  private long connection;

  public JiraTruth(JdbcClient jdbc, World world) {
    this.jdbc = jdbc;
    this.world = world;
  }

  /** Compares all rows of a connection with the world. */
  public void assertEqual(long connection) {
    this.connection = connection;
    var issues = new ArrayList<String>();
    var changes = new ArrayList<String>();
    var comments = new ArrayList<String>();
    for (int i = 0; i < world.issueCount(); i++) {
      if (world.deleted(i)) continue;
      var issue = world.issue(i);
      issues.add(row(issue));
      for (var change : issue.changes()) {
        for (int n = 0; n < change.items().size(); n++) {
          var item = change.items().get(n);
          changes.add(
              "%d:%d|%d|%s|%s|%s"
                  .formatted(change.id(), n, issue.id(), item.field(), item.toText(), change.at()));
        }
      }
      for (var comment : issue.comments()) {
        comments.add(
            "%d|%d|%s|%s"
                .formatted(
                    comment.id(),
                    issue.id(),
                    comment.author().accountId(),
                    comment.body().replace('\u0000', '\uFFFD')));
      }
    }
    assertThat(
            rows(
                """
                select concat_ws('|', external_id, key, project_id, status_id, title, assignee_id, estimate,
                  parent_id, due_on, team_id, %s)
                from work_item where connection_id = ? and deleted_at is null
                """
                    .formatted(time("source_updated_at"))))
        .containsExactlyInAnyOrderElementsOf(issues);
    assertThat(
            rows(
                """
                select concat_ws('|', external_id, work_item_id, field, to_text, %s)
                from work_item_change where connection_id = ? and deleted_at is null
                """
                    .formatted(time("changed_at"))))
        .containsExactlyInAnyOrderElementsOf(changes);
    assertThat(
            rows(
                """
                select concat_ws('|', external_id, parent_id, author_id, body)
                from comment where connection_id = ? and deleted_at is null
                """))
        .containsExactlyInAnyOrderElementsOf(comments);
    assertThat(rows("select key from project where connection_id = ?"))
        .containsExactlyInAnyOrderElementsOf(
            world.projects().stream().map(each -> each.key()).toList());
    assertThat(rows("select external_id from account where connection_id = ?"))
        .hasSize(world.people().size());
    assertThat(rows("select external_id from field where connection_id = ?")).hasSize(25);
    assertSprints();
    assertVersions();
    assertThat(rows("select name from team where connection_id = ?"))
        .containsExactlyInAnyOrder("Team 1", "Team 2", "Team 3", "Team 4");
    assertLinks();
    assertWork();
  }

  private void assertWork() {
    var work = new ArrayList<String>();
    for (int i = 0; i < world.issueCount(); i++) {
      if (world.deleted(i)) continue;
      for (var each : world.work().on(world.issue(i))) {
        work.add(
            "%d|%d|%s|%s|%d|%s"
                .formatted(
                    each.id(),
                    10_000 + i,
                    each.author().accountId(),
                    each.started(),
                    each.seconds(),
                    each.comment()));
      }
    }
    assertThat(
            rows(
                """
                select concat_ws('|', external_id, work_item_id, author_id, %s, seconds, body)
                from worklog where connection_id = ? and deleted_at is null
                """
                    .formatted(time("started_at"))))
        .containsExactlyInAnyOrderElementsOf(work);
  }

  private void assertVersions() {
    var versions = new ArrayList<String>();
    for (var project : world.projects()) {
      for (var each : world.planning().versions(project)) {
        var state = each.archived() ? "ARCHIVED" : each.released() ? "RELEASED" : "PLANNED";
        versions.add(
            "version|%d|%d|%s|%s|%s"
                .formatted(each.id(), project.id(), each.name(), state, each.releaseDate()));
      }
    }
    assertThat(
            rows(
                """
                select concat_ws('|', kind, external_id, project_id, name, state, due_on)
                from release where connection_id = ? and deleted_at is null
                """))
        .containsExactlyInAnyOrderElementsOf(versions);
  }

  private void assertSprints() {
    var stays = new ArrayList<String>();
    for (int i = 0; i < world.issueCount(); i++) {
      if (world.deleted(i)) continue;
      for (var stay : Sprints.stays(world.issue(i))) {
        stays.add("%d|%d|%s|%s".formatted(stay.sprint(), 10_000 + i, stay.from(), stay.to()));
      }
    }
    assertThat(
            rows(
                """
                select concat_ws('|', sprint_id, work_item_id, coalesce(%s, 'null'), coalesce(%s, 'null'))
                from sprint_item where connection_id = ? and deleted_at is null
                """
                    .formatted(time("added_at"), time("removed_at"))))
        .containsExactlyInAnyOrderElementsOf(stays);
    var sprints = new ArrayList<String>();
    var boards = new ArrayList<String>();
    for (var project : world.projects()) {
      if (!world.planning().boardDeleted(project))
        boards.add(Sprints.board(project) + "|" + Sprints.type(project) + "|" + project.id());
      for (var each : world.sprints(project)) {
        sprints.add(
            "%d|%d|%s|%s|%s"
                .formatted(
                    each.id(),
                    each.boardId(),
                    each.state().toUpperCase(Locale.ROOT),
                    each.startsAt(),
                    each.completedAt()));
      }
    }
    assertThat(
            rows(
                """
                select concat_ws('|', external_id, board_id, state, coalesce(%s, 'null'), coalesce(%s, 'null'))
                from sprint where connection_id = ? and deleted_at is null
                """
                    .formatted(time("starts_at"), time("completed_at"))))
        .containsExactlyInAnyOrderElementsOf(sprints);
    assertThat(
            rows(
                "select concat_ws('|', external_id, kind, project_id) from board where"
                    + " connection_id = ? and deleted_at is null"))
        .containsExactlyInAnyOrderElementsOf(boards);
  }

  /** Links with issues that are gone stay on the other side until that is read again. */
  private void assertLinks() {
    var links = new ArrayList<String>();
    var gone = new HashSet<String>();
    for (int i = 0; i < world.issueCount(); i++) {
      if (world.deleted(i)) gone.add(Integer.toString(10_000 + i));
      else
        for (var link : world.links(i)) {
          var kind = link.outward() ? "outward|%d|blocks" : "inward|%d|is blocked by";
          links.add("%d:%s|%s".formatted(link.id(), kind.formatted(10_000 + i), link.other()));
        }
    }
    var stored =
        rows(
            """
            select concat_ws('|', external_id, work_item_id, kind, other_id)
            from item_relation where connection_id = ? and deleted_at is null
            """);
    stored.removeIf(row -> gone.contains(row.substring(row.lastIndexOf('|') + 1)));
    assertThat(stored).containsExactlyInAnyOrderElementsOf(links);
  }

  private static String row(Issue issue) {
    var parts = new ArrayList<Object>(List.of(issue.id(), issue.key(), issue.project().id()));
    parts.add(List.of("2001", "2003", "2004", "2005").get(issue.status()));
    parts.add(issue.title());
    if (issue.assignee() != null) parts.add(issue.assignee().accountId());
    if (issue.storyPoints() != null) parts.add(issue.storyPoints().intValue());
    if (issue.parent() != null) parts.add(10_000 + issue.parent());
    if (issue.due() != null) parts.add(issue.due());
    if (Pointers.team(issue) > 0) parts.add("team-" + Pointers.team(issue));
    parts.add(issue.updated().truncatedTo(ChronoUnit.MILLIS));
    return String.join("|", parts.stream().map(Object::toString).toList());
  }

  /** As {@link java.time.Instant#toString()} writes it. */
  private static String time(String column) {
    return "regexp_replace(to_char(%s at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS'), '\\.000$', '') || 'Z'"
        .formatted(column);
  }

  private List<String> rows(String sql) {
    return new ArrayList<>(jdbc.sql(sql).param(connection).query(String.class).list());
  }
}
