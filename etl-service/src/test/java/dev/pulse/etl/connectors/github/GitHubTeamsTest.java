package dev.pulse.etl.connectors.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.SourceProxy.Answered;
import dev.pulse.etl.connectors.ConnectorFixture;
import dev.pulse.etl.connectors.TestedSource;
import dev.pulse.local.Simulator;
import dev.pulse.local.world.Teams;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.node.ObjectNode;

/** Teams of an organisation that is so large that not all are on the first page of everybody. */
@TestPropertySource(properties = "pulse.ingest.census-every=0s")
class GitHubTeamsTest extends ConnectorFixture {

  @Override
  protected TestedSource tested(Simulator simulator) {
    return new TestedGitHub(simulator);
  }

  @Override
  protected int scale() {
    return 4_400; // one hundred and ten people
  }

  @Test
  void who_joins_leaves_or_is_given_another_role_is_noticed_in_small_teams_and_large_ones() {
    connectToOneRepository();
    sync();
    assertThat(teams().find(0).orElseThrow().members()).hasSizeGreaterThan(100);
    assertTeams();
    var everybody = teams().find(0).orElseThrow().members();
    teams().leave(0, everybody.getLast().person());
    teams().leave(0, everybody.get(3).person());
    teams().join(1, everybody.get(4).person(), true);
    teams().leave(2, teams().find(2).orElseThrow().members().getFirst().person());

    sync();

    assertTeams();
    assertThat(
            texts(
                "select gone_reason from team_member where connection_id = ? and deleted_at is not"
                    + " null"))
        .hasSize(3)
        .containsOnly("DELETED");
    simulator.requests().reset();
    sync();
    assertThat(simulator.requests().counts()).doesNotContainKey("github graphql TeamMembers");
  }

  @Test
  void teams_come_go_and_change_and_who_was_in_one_that_is_gone_is_in_it_no_more() {
    connectToOneRepository();
    sync();
    int made = teams().create();
    teams().join(made, simulator.world().people().getFirst(), false);
    teams().rename(1, "Renamed");
    teams().delete(2);

    sync();

    assertTeams();
    assertThat(
            texts(
                "select key || ' ' || gone_reason from team where connection_id = ? and deleted_at"
                    + " is not null"))
        .containsExactly("team-2 NOT_VISIBLE");
    assertThat(
            texts(
                """
                select m.external_id
                from team_member m
                join team t on t.connection_id = m.connection_id and t.external_id = m.team_id
                where m.connection_id = ? and t.deleted_at is not null and m.deleted_at is null
                """))
        .isEmpty();
  }

  @Test
  void without_the_right_to_see_them_that_is_reported_and_the_run_goes_on() {
    proxy()
        .answer(
            (asked, from) -> {
              var answer = from.answer(asked);
              return asked.body().contains("query Team") ? denied(answer) : answer;
            });
    connectToOneRepository();

    sync();

    assertThat(texts("select key from team where connection_id = ?")).isEmpty();
    assertThat(texts("select key from work_item where connection_id = ? limit 1")).isNotEmpty();
    var events = api("GET", "runs/" + job().path("runId").asLong() + "/errors", "").json();
    assertThat(events.path("items").valueStream().map(Object::toString))
        .singleElement()
        .asString()
        .contains("UNREADABLE", "teams of acme");
  }

  private void connectToOneRepository() {
    connect();
    var scope = "{\"include\":[\"%s\"]}".formatted(simulator.world().repository(0).fullName());
    assertThat(api("PUT", "connections/" + connection + "/scope", scope).status()).isEqualTo(200);
  }

  private static Answered denied(Answered answer) {
    var json = (ObjectNode) answer.json();
    ((ObjectNode) json.at("/data/organization")).putNull("teams");
    var error = json.withArray("errors").addObject();
    error.put("type", "FORBIDDEN").put("message", "Resource not accessible");
    error.putArray("path").add("organization").add("teams");
    return answer.with(json);
  }

  private void assertTeams() {
    new GitHubTeamTruth(jdbc, simulator.world(), connection).assertEqual();
  }

  private Teams teams() {
    return simulator.world().teams();
  }
}
