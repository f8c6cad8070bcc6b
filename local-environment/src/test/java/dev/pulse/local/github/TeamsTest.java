package dev.pulse.local.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.local.world.Teams;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The teams of the organisation, as GraphQL shows them. */
class TeamsTest {

  private static final String LIST =
      """
      query($membership:TeamMembershipType!){organization(login:"acme"){teams(first:100){totalCount nodes{
        id slug parentTeam{slug} members(first:100,membership:$membership){totalCount edges{role node{login}}}}}}}
      """;

  private GitHubSite site;
  private Teams teams;

  @BeforeEach
  void start() {
    site = new GitHubSite(5_000, 5_000);
    teams = site.world.teams();
  }

  @AfterEach
  void stop() {
    site.close();
  }

  @Test
  void teams_name_what_they_are_a_part_of_and_their_members_with_their_role() throws Exception {
    var all = list("IMMEDIATE");

    assertThat(all).hasSize(teams.all().size());
    assertThat(all.getFirst().path("parentTeam").isNull()).isTrue();
    assertThat(all.get(4).at("/parentTeam/slug").asString()).isEqualTo("team-2");
    assertThat(all.getFirst().at("/members/edges").valueStream())
        .extracting(edge -> edge.path("role").asString())
        .contains("MAINTAINER", "MEMBER");
    assertThat(all.getFirst().at("/members/totalCount").asInt())
        .isEqualTo(teams.all().getFirst().members().size());
  }

  @Test
  void members_of_parts_are_counted_only_if_they_are_asked_for() throws Exception {
    assertThat(list("ALL").get(1).at("/members/totalCount").asInt())
        .isGreaterThan(list("IMMEDIATE").get(1).at("/members/totalCount").asInt());
  }

  @Test
  void people_come_and_go_and_so_do_teams() throws Exception {
    var person = teams.all().get(1).members().getFirst().person();
    teams.leave(1, person);
    int made = teams.create();
    teams.join(made, person, true);
    teams.rename(made, "Brand new");
    teams.delete(2);

    var all = list("IMMEDIATE");

    assertThat(all.get(1).at("/members/edges").toString()).doesNotContain(person.login());
    assertThat(all).noneMatch(team -> team.path("slug").asString().equals("team-2"));
    assertThat(all.getLast().path("slug").asString()).isEqualTo("brand-new");
    assertThat(all.getLast().at("/members/edges/0/node/login").asString())
        .isEqualTo(person.login());
  }

  private List<JsonNode> list(String membership) throws Exception {
    var answer = site.asked(LIST, Map.of("membership", membership));
    assertThat(answer.has("errors")).as(answer.toString()).isFalse();
    return answer.at("/data/organization/teams/nodes").valueStream().toList();
  }
}
