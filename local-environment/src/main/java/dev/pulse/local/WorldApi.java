package dev.pulse.local;

import com.sun.net.httpserver.HttpExchange;
import dev.pulse.local.faults.Fault;
import dev.pulse.local.faults.Faults;
import dev.pulse.local.github.GitHubApi;
import dev.pulse.local.jira.JiraApi;
import dev.pulse.local.world.Plan.Kind;
import dev.pulse.local.world.Project;
import dev.pulse.local.world.Repository;
import dev.pulse.local.world.World;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Behind the scenes: the truth, what was asked, and what shall go wrong or change. */
final class WorldApi {

  private final World world;
  private final Faults faults;
  private final Requests requests;
  private final JiraApi jira;
  private final GitHubApi github;
  private final WorldTruth truth;
  private final Simulator simulator;

  WorldApi(Simulator simulator) {
    this.simulator = simulator;
    this.world = simulator.world();
    this.faults = simulator.faults();
    this.requests = simulator.requests();
    this.jira = simulator.jira();
    this.github = simulator.github();
    this.truth = new WorldTruth(world);
  }

  void serve(HttpExchange http) throws IOException {
    var exchange = new Exchange(http, "/_world");
    try {
      exchange.send(exchange.answer(200, answer(exchange)));
    } catch (IllegalArgumentException | JacksonException e) {
      exchange.send(exchange.answer(400, Map.of("message", String.valueOf(e.getMessage()))));
    }
  }

  private Object answer(Exchange exchange) {
    return switch (exchange.method() + " " + exchange.path()) {
      case "GET /sources" -> sources();
      case "GET /counts" -> counts();
      case "GET /live" -> truth.live();
      case "GET /rows" -> truth.rows(exchange.query("kind").orElse(""), exchange.query("from", 0));
      case "GET /faults" -> faults.all();
      case "POST /faults" -> {
        faults.add(Exchange.JSON.treeToValue(exchange.json(), Fault.class));
        yield faults.all();
      }
      case "DELETE /faults" -> {
        faults.clear();
        yield faults.all();
      }
      case "GET /requests" -> requests();
      case "GET /fewest-requests" -> fewestRequests();
      case "DELETE /requests" -> {
        requests.reset();
        yield requests();
      }
      case "POST /index-lag" -> {
        var seconds = exchange.json().path("seconds").asLong(0);
        jira.indexLag(Duration.ofSeconds(seconds));
        yield Map.of("seconds", seconds);
      }
      case "POST /budgets" -> budgets(exchange.json());
      case "POST /hidden" -> hide(exchange.json());
      case "POST /change" -> {
        change(exchange.json());
        yield counts();
      }
      default ->
          throw new IllegalArgumentException(
              "there is no " + exchange.method() + " " + exchange.path());
    };
  }

  /** How a client connects to each source, such as the demo, which reads them all. */
  private List<Map<String, Object>> sources() {
    return simulator.sources().stream()
        .filter(each -> !each.shownElsewhere())
        .map(
            each ->
                Map.<String, Object>of(
                    "connector", each.name(),
                    "label", each.label(),
                    "settings", each.settings(simulator.url(each.name()))))
        .toList();
  }

  private Map<String, Map<String, Long>> fewestRequests() {
    return simulator.sources().stream()
        .filter(each -> !each.shownElsewhere())
        .collect(Collectors.toMap(Api::name, Api::fewestRequests));
  }

  /**
   * Sets what may be used: {@code {"jira":{"requests":20,"seconds":2}}} or {@code {"jira":null}},
   * {@code {"github":{"requests":5000,"points":5000}}}, {@code {"github":{"exhausted":true}}}.
   */
  private Map<String, Object> budgets(JsonNode wish) {
    var ofJira = wish.path("jira");
    if (ofJira.isNull()) jira.allowAll();
    if (ofJira.isObject()) {
      jira.allow(
          ofJira.path("requests").asInt(), Duration.ofSeconds(ofJira.path("seconds").asLong(1)));
    }
    var ofGitHub = wish.path("github");
    if (ofGitHub.has("requests"))
      github.allow(ofGitHub.path("requests").asInt(), ofGitHub.path("points").asInt());
    if (ofGitHub.path("exhausted").asBoolean(false)) github.exhaust();
    simulator.sources().stream()
        .filter(each -> each != jira && each != github && wish.has(each.name()))
        .forEach(each -> each.budget(wish.path(each.name())));
    return Map.of("set", true);
  }

  /**
   * Takes rights from the token or gives them back: {@code {"project":0,"hidden":true}}, {@code
   * {"repository":0,"hidden":false}}, by index.
   */
  private Map<String, Object> hide(JsonNode wish) {
    boolean hidden = wish.path("hidden").asBoolean(true);
    if (wish.has("project")) world.visibility().hideProject(wish.get("project").asInt(), hidden);
    if (wish.has("repository"))
      world.visibility().hideRepository(wish.get("repository").asInt(), hidden);
    return Map.of(
        "projects",
            world.projects().stream().filter(world.visibility()::hidden).map(Project::key).toList(),
        "repositories",
            world.repositories().stream()
                .filter(world.visibility()::hidden)
                .map(Repository::fullName)
                .toList());
  }

  private void change(JsonNode wish) {
    if (wish.has("percent")) world.change(wish.get("percent").asDouble());
    for (int i = wish.path("created").asInt(0); i > 0; i--) {
      world.createIssue();
      world.createPull();
      world.codeIssues().create();
    }
    for (int i = wish.path("edits").asInt(0) - 1; i >= 0; i--) {
      world.editIssue(i % world.issueCount());
      world.editPull(i % world.pullCount());
      world.codeIssues().edit(i % world.codeIssues().count());
      world.roadmap().edit(Kind.FEATURE, i % world.roadmap().shelf(Kind.FEATURE).count());
    }
    for (int i = wish.path("deleted").asInt(0), at = 0; i > 0 && at < world.issueCount(); at++) {
      if (world.deleted(at)) continue;
      world.deleteIssue(at);
      i--;
    }
    var repositories = world.repositories();
    for (int i = wish.path("delivered").asInt(0) - 1; i >= 0; i--) {
      var repository = repositories.get(i % repositories.size());
      world.pipelines().finish(world.pipelines().start(repository), "success");
      var deployments = world.deployments();
      deployments.tell(deployments.create(repository, "production"), "SUCCESS");
    }
    for (int i = wish.path("renamed").asInt(0) - 1; i >= 0; i--) {
      world.hosting().rename(i, "renamed-" + i);
    }
  }

  /** What a complete copy holds. */
  private Map<String, Object> counts() {
    long[] sums = new long[7];
    long issues = 0;
    for (int i = 0; i < world.issueCount(); i++) {
      if (world.deleted(i)) continue;
      var issue = world.issue(i);
      issues++;
      sums[0] += issue.changes().stream().mapToLong(change -> change.items().size()).sum();
      sums[1] += issue.comments().size();
    }
    for (int i = 0; i < world.pullCount(); i++) {
      var pull = world.pull(i);
      sums[2] += pull.commits().size();
      sums[3] += pull.reviews().size();
      sums[4] += pull.events().size();
      sums[5] += pull.comments().size();
    }
    var counts = new LinkedHashMap<String, Object>();
    counts.put("projects", world.projects().size());
    counts.put("issues", issues);
    counts.put("changes", sums[0]);
    counts.put("issueComments", sums[1]);
    counts.put("repositories", world.repositories().size());
    counts.put("pullRequests", world.pullCount());
    counts.put("commits", sums[2]);
    counts.put("reviews", sums[3]);
    counts.put("events", sums[4]);
    counts.put("pullRequestComments", sums[5]);
    return counts;
  }

  private Map<String, Object> requests() {
    return Map.of(
        "total", requests.total(),
        "byOperation", requests.counts(),
        "points", requests.points(),
        "tooEarly", requests.tooEarly(),
        "mostAtOnce", requests.mostAtOnce());
  }
}
