package dev.pulse.etl.connectors.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.local.world.Team;
import dev.pulse.local.world.World;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a complete copy holds of the simulated organisation's teams. */
final class GitHubTeamTruth {

  private static final String TEAMS =
      """
      select concat_ws('|', t.key, t.name, coalesce(p.key, '-'), t.url)
      from team t
      left join team p on p.connection_id = t.connection_id and p.external_id = t.parent_id and p.deleted_at is null
      where t.connection_id = ? and t.deleted_at is null
      """;
  private static final String MEMBERS =
      """
      select concat_ws('|', t.key, a.login, m.role)
      from team_member m
      join team t on t.connection_id = m.connection_id and t.external_id = m.team_id and t.deleted_at is null
      left join account a on a.connection_id = m.connection_id and a.external_id = m.external_id
      where m.connection_id = ? and m.deleted_at is null
      """;

  private final JdbcClient jdbc;
  private final World world;
  private final long connection;

  GitHubTeamTruth(JdbcClient jdbc, World world, long connection) {
    this.jdbc = jdbc;
    this.world = world;
    this.connection = connection;
  }

  void assertEqual() {
    var teams = world.teams().all();
    assertThat(rows(TEAMS))
        .containsExactlyInAnyOrderElementsOf(teams.stream().map(this::row).toList());
    assertThat(rows(MEMBERS))
        .containsExactlyInAnyOrderElementsOf(
            teams.stream().flatMap(team -> members(team).stream()).toList());
  }

  private String row(Team team) {
    var parent =
        team.parent() == null ? "-" : world.teams().find(team.parent()).orElseThrow().slug();
    return "%s|%s|%s|https://github.com/orgs/acme/teams/%s"
        .formatted(team.slug(), team.name(), parent, team.slug());
  }

  private static List<String> members(Team team) {
    return team.members().stream()
        .map(
            each ->
                "%s|%s|%s"
                    .formatted(
                        team.slug(),
                        each.person().login(),
                        each.maintainer() ? "MAINTAINER" : "MEMBER"))
        .toList();
  }

  private List<String> rows(String sql) {
    return jdbc.sql(sql).param(connection).query(String.class).list();
  }
}
