package dev.pulse.local.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.local.faults.Fault;
import dev.pulse.local.faults.Fault.Kind;
import dev.pulse.local.world.Repository;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class GraphQlTest {
  private static final String LIGHT =
      """
      query($owner:String!,$name:String!,$after:String,$size:Int=20){
        repository(owner:$owner,name:$name){
          pullRequests(first:$size,after:$after,orderBy:{field:UPDATED_AT,direction:DESC}){
            totalCount pageInfo{hasNextPage endCursor} nodes{id updatedAt}}}}
      """;
  private GitHubSite site;

  @BeforeEach
  void start() throws Exception {
    site = new GitHubSite(5_000, 60);
  }

  @AfterEach
  void stop() {
    site.close();
  }

  @Test
  void what_moves_to_the_top_while_a_walk_goes_down_heads_the_next_walk() throws Exception {
    Repository repository = site.world.repository(0);
    Set<String> seen = new HashSet<>();
    String after = null;
    boolean more = true;
    int page = 0;
    while (more) {
      var variables = variables(repository);
      variables.put("after", after);
      JsonNode rows = site.asked(LIGHT, variables).at("/data/repository/pullRequests");
      rows.get("nodes").forEach(row -> seen.add(row.get("id").asString()));
      more = rows.at("/pageInfo/hasNextPage").asBoolean();
      after = rows.at("/pageInfo/endCursor").asString();
      site.world.editPull(page * site.world.repositories().size());
      page++;
    }

    site.asked(LIGHT, variables(repository))
        .at("/data/repository/pullRequests/nodes")
        .forEach(row -> seen.add(row.get("id").asString()));
    assertThat(page).isBetween(6, 20);
    assertThat(seen.size()).isEqualTo(site.world.byUpdate().pulls(repository).size());
  }

  @Test
  void what_github_refuses_is_refused_with_status_200() throws Exception {
    var variables = variables(site.world.repository(0));
    variables.put("size", 101);

    assertThat(type(site.asked(LIGHT, variables))).isEqualTo("EXCESSIVE_PAGINATION");
    assertThat(type(site.asked("{repository(owner:\"acme\",name:\"none\"){id}}", Map.of())))
        .isEqualTo("NOT_FOUND");
    assertThat(
            type(site.asked("{organization(login:\"acme\"){repositories{totalCount}}}", Map.of())))
        .isEqualTo("MISSING_PAGINATION_BOUNDARIES");
    assertThat(
            site.asked("{viewer{nonsense}}", Map.of()).at("/errors/0/extensions/code").asString())
        .isEqualTo("undefinedField");
    assertThat(
            type(
                site.asked(
                    "{organization(login:\"acme\"){repositories(first:100){nodes{pullRequests(first:100){nodes{commits(first:100){totalCount}}}}}}}",
                    Map.of())))
        .isEqualTo("MAX_NODE_LIMIT_EXCEEDED");
  }

  @Test
  void points_run_out() throws Exception {
    JsonNode answer = site.asked("{rateLimit{remaining}}", Map.of());
    assertThat(answer.at("/data/rateLimit/remaining").asInt()).isEqualTo(59);

    site.api.exhaust();

    assertThat(type(site.asked("{viewer{login}}", Map.of()))).isEqualTo("RATE_LIMITED");
  }

  @ParameterizedTest
  @CsvSource({
    "pulls_light,0,1",
    "pulls_depth1,29,1",
    "pulls_depth1,100,5",
    "pulls_full,10,4",
    "pulls_full,25,10",
    "pulls_full,50,19",
    "pulls_full,100,38",
    "org_repos_members,0,1",
    "node_overflow,0,2",
    "issues_full,0,2",
    "repo_probe,0,4"
  })
  @EnabledIfEnvironmentVariable(named = "PULSE_CONTRACTS", matches = ".+")
  void the_official_queries_run_and_cost_what_the_formula_says(String file, int size, int cost)
      throws Exception {
    var variables = variables(site.world.repository(0));
    variables.put("org", "acme");
    variables.put("ids", java.util.Collections.nCopies(100, NodeIds.of("R", 9_000)));
    if (size > 0) {
      variables.put("prs", size);
    }

    JsonNode answer =
        site.asked(Files.readString(contract("queries/" + file + ".graphql")), variables);

    assertThat(answer.has("errors")).as(answer.toString()).isFalse();
    assertThat(answer.at("/data/rateLimit/cost").asInt()).isEqualTo(cost);
  }

  @Test
  @EnabledIfEnvironmentVariable(named = "PULSE_CONTRACTS", matches = ".+")
  void heavy_pages_fail_as_long_as_the_fault_is_on() throws Exception {
    var variables = variables(site.world.repository(0));
    variables.put("prs", 100);
    String query = Files.readString(contract("queries/pulls_depth1.graphql"));

    site.simulator.faults().add(Fault.of(Kind.BAD_GATEWAY_ON_BIG_PAGES, "github").number(99));
    var broken = site.graphQl(query, variables);
    site.simulator.faults().clear();
    site.simulator.faults().add(Fault.of(Kind.GRAPHQL_TOO_HEAVY, "github"));
    JsonNode partial = site.asked(query, variables);

    assertThat(broken.statusCode()).isEqualTo(502);
    assertThat(broken.body()).startsWith("<!DOCTYPE html>");
    assertThat(type(partial)).isEqualTo("RESOURCE_LIMITS_EXCEEDED");
    assertThat(partial.at("/data/repository/pullRequests/nodes/0/id").isString()).isTrue();
    assertThat(partial.at("/data/repository/pullRequests/nodes/99").isNull()).isTrue();
  }

  @Test
  @EnabledIfEnvironmentVariable(named = "PULSE_CONTRACTS", matches = ".+")
  void the_schema_is_a_part_of_the_official_one() throws Exception {
    TypeDefinitionRegistry official = OfficialSchema.read(contract("schema.graphql"));
    TypeDefinitionRegistry ours = new SchemaParser().parse(GitHubSchema.sdl());

    List<String> strange = OfficialSchema.notIn(official, ours);

    assertThat(strange).isEmpty();
  }

  private static Map<String, Object> variables(Repository repository) {
    Map<String, Object> variables = new HashMap<>();
    variables.put("owner", repository.owner());
    variables.put("name", repository.name());
    return variables;
  }

  private static String type(JsonNode answer) {
    return answer.at("/errors/0/type").asString();
  }

  private static Path contract(String file) {
    return Path.of(System.getenv("PULSE_CONTRACTS"), "github", file);
  }
}
