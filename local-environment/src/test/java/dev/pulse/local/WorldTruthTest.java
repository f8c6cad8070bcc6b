package dev.pulse.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.local.world.World;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WorldTruthTest {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final World world =
      new World(7, 1_000, new SettableClock(Instant.parse("2026-11-23T10:00:00Z")));
  private final Simulator simulator = Simulator.start(world, 0);
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    simulator.close();
    http.close();
  }

  @Test
  void the_rows_of_every_kind_are_as_many_as_the_count_says() throws Exception {
    var live = ask("live");

    assertThat(live.propertyNames()).hasSize(21);
    for (var kind : live.propertyNames()) {
      assertThat((long) rows(kind).size()).as(kind).isEqualTo(live.get(kind).asLong()).isPositive();
    }
    assertThat(live.get("jira.issues").asInt()).isEqualTo(world.issueCount());
    assertThat(live.get("github.pullRequests").asInt()).isEqualTo(world.pullCount());
  }

  @Test
  void what_is_deleted_or_hidden_is_not_among_them() throws Exception {
    var before = ask("live");
    world.deleteIssue(0);
    world.visibility().hideProject(1, true);
    world.visibility().hideRepository(0, true);

    var after = ask("live");

    assertThat(after.get("jira.projects").asInt())
        .isEqualTo(before.get("jira.projects").asInt() - 1);
    assertThat(after.get("github.repositories").asInt())
        .isEqualTo(before.get("github.repositories").asInt() - 1);
    assertThat(rows("jira.issues"))
        .hasSize(after.get("jira.issues").asInt())
        .noneMatch(row -> row.get("id").asLong() == 10_000)
        .noneMatch(row -> row.get("projectId").asLong() == world.projects().get(1).id());
    assertThat(rows("github.pullRequests"))
        .noneMatch(row -> row.get("repository").asString().equals(world.repository(0).fullName()));
    assertThat(rows("github.builds"))
        .isNotEmpty()
        .noneMatch(row -> row.get("repository").asString().equals(world.repository(0).fullName()));
  }

  @Test
  void no_id_is_that_of_two_things_of_one_source_whatever_their_kind() throws Exception {
    world.change(20);
    Map<String, String> seen = new HashMap<>();

    for (var kind : ask("live").propertyNames()) {
      if (kind.equals("github.commits")) continue; // named by their contents
      var source = kind.substring(0, kind.indexOf('.'));
      for (var id : rows(kind).stream().map(row -> row.get("id").asString()).distinct().toList()) {
        assertThat(seen.put(source + " " + id, kind)).as(kind + " " + id).isNull();
      }
    }

    assertThat(seen).hasSizeGreaterThan(3_000);
  }

  @Test
  void an_unknown_kind_is_refused_with_those_there_are() throws Exception {
    var answer = http.send(request("rows?kind=jira.boards"), BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("jira.issues", "github.reviews");
  }

  private List<JsonNode> rows(String kind) throws Exception {
    var rows = new ArrayList<JsonNode>();
    int from = 0;
    while (true) {
      var page = ask("rows?kind=" + kind + "&from=" + from);
      page.get("items").forEach(rows::add);
      if (page.get("next").isNull()) return rows;
      from = page.get("next").asInt();
    }
  }

  private JsonNode ask(String path) throws Exception {
    var answer = http.send(request(path), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create(simulator.url("_world") + "/" + path)).build();
  }
}
