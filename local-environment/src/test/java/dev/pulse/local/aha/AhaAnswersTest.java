package dev.pulse.local.aha;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.local.OfficialContract;
import dev.pulse.local.Simulator;
import dev.pulse.local.world.Plan.Kind;
import dev.pulse.local.world.World;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the simulated Aha! answers, and whether the real one writes it so. */
class AhaAnswersTest {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String FILE = "aha/aha-v1.openapi.trimmed.json";

  private final World world = new World(7, 1_300, Clock.systemUTC());
  private final Simulator simulator = Simulator.start(world, 0);
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    simulator.close();
    http.close();
  }

  @ParameterizedTest
  @CsvSource({
    "features, feature, FEATURE",
    "epics, epic, EPIC",
    "ideas, idea, IDEA",
    "goals, goal, GOAL",
    "initiatives, initiative, INITIATIVE",
    "releases, release, RELEASE",
  })
  @EnabledIfEnvironmentVariable(
      named = "PULSE_CONTRACTS",
      matches = ".+",
      disabledReason = "skipped: PULSE_CONTRACTS names no folder with the vendors' contracts")
  void every_field_is_one_that_aha_writes_and_of_the_same_type(String list, String one, Kind kind)
      throws Exception {
    var real = recorded("/api/v1/" + list + "/{id}").path(one);
    for (int index = 0; index < 6; index++) {
      var id = world.roadmap().plan(kind, index).id();

      var shown = json(get(list + "/" + id)).path(one);

      var odd = new ArrayList<String>();
      compare(shown, real, "", odd);
      assertThat(odd).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"products", "users"})
  @EnabledIfEnvironmentVariable(
      named = "PULSE_CONTRACTS",
      matches = ".+",
      disabledReason = "skipped: PULSE_CONTRACTS names no folder with the vendors' contracts")
  void so_are_the_lists(String list) throws Exception {
    var odd = new ArrayList<String>();

    compare(json(get(list)), recorded("/api/v1/" + list), "", odd);

    assertThat(odd).isEmpty();
  }

  @Test
  void pages_are_cut_counted_and_limited_to_two_hundred() throws Exception {
    var page = json(get("features?page=2&per_page=500&fields=id,updated_at"));

    assertThat(page.path("features")).hasSize(200);
    assertThat(page.at("/features/0").propertyNames()).containsExactly("id", "updated_at");
    assertThat(page.at("/pagination/total_records").asInt()).isEqualTo(780);
    assertThat(page.at("/pagination/total_pages").asInt()).isEqualTo(4);
    assertThat(json(get("features?page=9&per_page=200")).path("features")).isEmpty();
  }

  @Test
  void lists_of_what_changed_hold_just_that_but_goals_know_no_time() throws Exception {
    world.roadmap().edit(Kind.FEATURE, 5);
    var since = Instant.now().minus(Duration.ofMinutes(1));

    assertThat(json(get("features?updated_since=" + since)).path("features")).hasSize(1);
    assertThat(json(get("goals?updated_since=" + since)).path("goals")).isNotEmpty();
  }

  @Test
  void who_has_no_key_or_no_right_is_refused() throws Exception {
    world.visibility().hideProject(0, true);
    var hidden = world.projects().getFirst().id();

    assertThat(get("products/" + hidden + "/features").statusCode()).isEqualTo(403);
    assertThat(json(get("features")).at("/pagination/total_records").asInt()).isEqualTo(520);
    assertThat(get("releases").statusCode()).isEqualTo(404);
    assertThat(get("features/1").statusCode()).isEqualTo(404);
    var anonymous = HttpRequest.newBuilder(uri("features")).build();
    assertThat(http.send(anonymous, BodyHandlers.discarding()).statusCode()).isEqualTo(401);
  }

  @Test
  void an_allowance_runs_out_and_says_when_it_is_whole_again() throws Exception {
    simulator.source(AhaApi.class).allow(2, Duration.ofMinutes(1));
    get("me");
    get("me");

    var third = get("me");

    assertThat(third.statusCode()).isEqualTo(429);
    assertThat(third.headers().firstValue("X-Ratelimit-Remaining")).hasValue("0");
    assertThat(third.headers().firstValueAsLong("X-Ratelimit-Reset").orElseThrow())
        .isBetween(now() + 50, now() + 62);
  }

  private static long now() {
    return Instant.now().getEpochSecond();
  }

  /** Lists are compared by their first entries; what is empty or null says nothing. */
  private static void compare(JsonNode shown, JsonNode real, String path, List<String> odd) {
    if (shown.isNull() || real.isNull()) return;
    if (shown.getNodeType() != real.getNodeType()) {
      odd.add(path + " is " + shown.getNodeType() + ", not " + real.getNodeType());
    } else if (shown.isArray()) {
      if (!shown.isEmpty() && !real.isEmpty()) compare(shown.get(0), real.get(0), path + "[]", odd);
    } else {
      for (var field : shown.properties()) {
        var name = path + "." + field.getKey();
        if (!real.has(field.getKey())) odd.add(name + " is not known");
        else if (!path.endsWith("custom_fields[]"))
          compare(field.getValue(), real.get(field.getKey()), name, odd);
      }
    }
  }

  private static JsonNode recorded(String path) {
    return JSON.readTree(OfficialContract.file(FILE))
        .path("paths")
        .path(path)
        .at("/get/responses/200/content")
        .values()
        .iterator()
        .next()
        .path("example");
  }

  private URI uri(String path) {
    return URI.create(simulator.url("aha") + "/api/v1/" + path);
  }

  private HttpResponse<String> get(String path) throws Exception {
    var request =
        HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + Simulator.TOKEN);
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }
}
