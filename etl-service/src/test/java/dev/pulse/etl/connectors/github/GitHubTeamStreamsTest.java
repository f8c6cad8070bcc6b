package dev.pulse.etl.connectors.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.connectors.CensusStream;
import dev.pulse.etl.connectors.OwedStream;
import dev.pulse.etl.connectors.OwedStream.Owed;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Page.ChildList;
import dev.pulse.etl.connectors.Page.OwedWork;
import dev.pulse.etl.connectors.Page.Unreadable;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.RecordStream;
import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.connectors.WalkedStream;
import dev.pulse.etl.connectors.WalkedStream.Planning;
import dev.pulse.etl.connectors.WalkedStream.Reached;
import dev.pulse.etl.connectors.records.Team;
import dev.pulse.etl.connectors.records.TeamMember;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** How teams and their members are read. */
class GitHubTeamStreamsTest extends ScriptedGitHubTest {

  @Test
  void a_team_names_what_it_is_a_part_of_and_its_members_with_their_role()
      throws InterruptedException {
    github.on("Teams", 200, teams(team("T_1", members(2, 0, 2, null))));

    var page = read("teams", null, 50);

    assertThat(one(page, Team.class))
        .isEqualTo(
            new Team(
                "T_1",
                "sellers",
                "Sellers",
                "T_0",
                "https://github.com/orgs/acme/teams/sellers",
                "{\"description\":\"They sell\",\"privacy\":\"VISIBLE\",\"members\":2}"));
    assertThat(all(page, TeamMember.class))
        .containsExactly(
            new TeamMember("100", "T_1", "MAINTAINER"), new TeamMember("101", "T_1", "MEMBER"));
    assertThat(page.childLists()).containsExactly(new ChildList(TeamMember.class, "T_1"));
    assertThat(page.owed()).isEmpty();
  }

  @Test
  void members_of_a_large_team_are_read_to_the_end_and_who_is_missing_has_left()
      throws InterruptedException {
    github
        .on("TeamMembers", 200, membersOf(members(120, 0, 100, "c100")))
        .on("TeamMembers", 200, membersOf(members(120, 100, 120, null)));

    var page = members("T_1");

    assertThat(all(page, TeamMember.class)).hasSize(120);
    assertThat(github.asked().getLast()).contains("\"after\":\"c100\"");
    assertThat(page.childLists()).containsExactly(new ChildList(TeamMember.class, "T_1"));
  }

  @ParameterizedTest
  @CsvSource({"PT1H, true", "PT25H, false"})
  void a_large_team_is_owed_when_its_number_changes_and_once_a_day(
      Duration ago, boolean onlyIfChanged) throws InterruptedException {
    github.on("Teams", 200, teams(team("T_1", members(120, 0, 100, "c100"))));
    var stream = walked("teams");
    var now = Instant.now();
    var before = now.minus(ago).toString();
    var reached = new Reached(null, before, now, false);

    var walk = stream.plan(new Planning(List.of(), Map.of("", reached), now)).getFirst();
    var page = stream.read(new WalkedStream.Request(Partition.WHOLE, null, null, 50));

    assertThat(page.owed())
        .containsExactly(
            new OwedWork("team_members", Team.class, "T_1", Partition.WHOLE, "", onlyIfChanged));
    assertThat(walk.mark()).isEqualTo(onlyIfChanged ? before : now.toString());
    assertThat(page.childLists()).isEmpty();
  }

  @Test
  void a_member_that_cannot_be_read_is_set_aside_and_nobody_is_taken_for_gone()
      throws InterruptedException {
    var odd = members(2, 0, 2, null).replace("\"MAINTAINER\"", "null");
    github.on("Teams", 200, teams(team("T_1", odd)));

    var page = read("teams", null, 50);

    assertThat(page.unreadable())
        .extracting(Unreadable::externalId)
        .containsExactly("T_1 member 100");
    assertThat(page.childLists()).isEmpty();
  }

  @Test
  void members_that_are_withheld_make_nobody_look_gone() throws InterruptedException {
    github.on("Teams", 200, teams(team("T_1", "null")));

    var page = read("teams", null, 50);

    assertThat(all(page, Team.class)).hasSize(1);
    assertThat(page.childLists()).isEmpty();
    assertThat(page.owed()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"errors\":[{\"type\":\"FORBIDDEN\",\"path\":[\"organization\",\"teams\"]}],"
        + "\"data\":{\"organization\":{\"teams\":null}}}', AccessDenied",
    "'{\"errors\":[{\"type\":\"INSUFFICIENT_SCOPES\"}]}', AccessDenied",
    "'{\"data\":{\"organization\":null}}', AccessDenied",
    "'{\"data\":{\"organization\":{\"teams\":{}}}}', SourceUnavailable",
    "'{\"errors\":[{\"type\":\"RATE_LIMITED\"}]}', RateLimited",
  })
  void a_refusal_is_told_by_what_can_be_done(String body, String failure) {
    github.on("Teams", 200, body);

    var thrown = failureOf("teams");

    assertThat(thrown.getClass().getSimpleName()).isEqualTo(failure);
    assertThat(thrown.remedy()).isNotBlank();
    assertThat(walked("teams").required()).isFalse();
  }

  @Test
  void teams_are_counted_only_if_they_were_shown() throws InterruptedException {
    github.on("Teams", 200, teams(team("T_1", members(0, 0, 0, null))));
    var streams = open().stages().stream().flatMap(List::stream).toList();
    var census = (CensusStream) named(streams, "team_census");
    var element = new ScopeElement("a", "h", "a", "a", Map.of());
    var planning = new Planning(List.of(element), Map.of(), Instant.now());

    assertThat(census.plan(planning)).isEmpty();
    ((WalkedStream) named(streams, "teams"))
        .read(new WalkedStream.Request(Partition.WHOLE, null, null, 50));

    assertThat(census.plan(planning)).hasSize(1);
  }

  @Test
  void what_is_answered_under_another_id_is_not_shown() throws InterruptedException {
    github.on("IssuesById", 200, "{\"data\":{\"nodes\":[{\"id\":\"I_1\"},{\"id\":\"I_9\"}]}}");

    var census = (CensusStream) stream("issue_census");

    assertThat(census.shown(List.of("I_1", "I_2"))).containsOnlyKeys("I_1");
  }

  private Page members(String team) throws InterruptedException {
    return ((OwedStream) stream("team_members"))
        .read(List.of(new Owed(team, Partition.WHOLE, "")), null);
  }

  private static RecordStream named(List<RecordStream> streams, String name) {
    return streams.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  private static <T> T one(Page page, Class<T> type) {
    return all(page, type).getFirst();
  }

  private static <T> List<T> all(Page page, Class<T> type) {
    return page.records().stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static String team(String id, String members) {
    return """
    {"id":"%s","slug":"sellers","name":"Sellers","description":"They sell","privacy":"VISIBLE",
     "url":"https://github.com/orgs/acme/teams/sellers","parentTeam":{"id":"T_0"},"members":%s}\
    """
        .formatted(id, members);
  }

  private static String teams(String... nodes) {
    return """
    {"data":{"organization":{"teams":{"totalCount":%d,"nodes":[%s],
      "pageInfo":{"hasNextPage":false,"endCursor":null}}}}}\
    """
        .formatted(nodes.length, String.join(",", nodes));
  }

  private static String membersOf(String members) {
    return "{\"data\":{\"node\":{\"id\":\"T_1\",\"members\":" + members + "}}}";
  }

  private static String members(int total, int from, int to, @Nullable String cursor) {
    var edges =
        IntStream.range(from, to)
            .mapToObj(
                i ->
                    """
                    {"role":"%s","node":{"__typename":"User","login":"u%d","databaseId":%d,"name":null}}\
                    """
                        .formatted(i == 0 ? "MAINTAINER" : "MEMBER", i, 100 + i))
            .toList();
    return "{\"totalCount\":%d,\"edges\":%s,\"pageInfo\":{\"hasNextPage\":%s,\"endCursor\":%s}}"
        .formatted(total, edges, cursor != null, JsonMapper.shared().writeValueAsString(cursor));
  }
}
