package dev.pulse.local.launcher;

import dev.pulse.local.launcher.Command.Bench;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The data engine from end to end: PostgreSQL, all simulated sources and etl-service on this
 * machine, a first sync of everything, a second and some more that find nothing new, and one after
 * one percent has changed.
 */
final class EngineBenchmark implements Benchmark {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Pattern STARTED = Pattern.compile("process running for ([0-9.]+)\\)");
  private static final int QUIET_SYNCS = 3;

  /** Sources may tell of a change as late as this. */
  private static final Duration UNTIL_TOLD = Duration.ofSeconds(61);

  private final Ports ports;

  EngineBenchmark(Ports ports) {
    this.ports = ports.forBenchmark();
  }

  @Override
  public String name() {
    return "engine";
  }

  @Override
  public JsonNode run(Checkout checkout, Bench wish) {
    var own = checkout.forBenchmark();
    own.delete();
    var figures = JSON.createObjectNode();
    figures.put("items", wish.items());
    figures.set("measured_on", Machine.describe());
    var stack = new LocalStack(own, ports);
    try {
      stack.start(OptionalLong.of(wish.items()), RequestLog.SETTINGS);
      figures.put("start_seconds", startSeconds(own));
      measure(new Course(stack, new RequestLog(own.log(Programs.ETL))), wish.items(), figures);
    } finally {
      stack.end();
      own.delete();
    }
    var first = (ObjectNode) figures.path("first_sync");
    first.put(
        "load_to_copy_ratio",
        MeasuringTest.of("LoadToCopyTest").figure(checkout, "load_to_copy_ratio"));
    return figures;
  }

  /** What is measured, and what tells of it. */
  private record Course(LocalStack stack, RequestLog log) {}

  private void measure(Course course, long items, ObjectNode figures) {
    figures.set("first_sync", firstSync(course, items));
    var second = laterSync(course);
    second.put("requests_aim", requestsOfQuietRuns(course.stack));
    figures.set("second_sync", second);
    figures.set("quiet_syncs", quietSyncs(course));
    SimulatedWorld.ask(course.stack, "POST", "change", Optional.of("{\"percent\":1}"));
    LockSupport.parkNanos(TimeUnit.NANOSECONDS.convert(UNTIL_TOLD));
    figures.set("changed_1_percent", laterSync(course));
  }

  private ObjectNode firstSync(Course course, long items) {
    var stack = course.stack;
    SimulatedWorld.ask(stack, "DELETE", "requests", Optional.empty());
    course.log.next();
    stack.connectDemo();
    var seconds = Syncs.await(stack);
    long rows = Syncs.rows(stack);
    var figures = JSON.createObjectNode();
    figures.put("rows", rows);
    figures.put("seconds", seconds);
    figures.put("rows_per_s", Math.round(rows / seconds));
    var engine = stack.process(Programs.ETL).orElseThrow();
    figures.put("peak_rss_mb", Machine.peakRss(engine.pid()));
    var costs = costs(course, figures);
    figures.set("requests_per_1000", costs.requestsPer1000(items));
    figures.set("graphql_points_per_1000", costs.pointsPer1000(items));
    var fewest = SimulatedWorld.ask(stack, "GET", "fewest-requests", Optional.empty());
    figures.set("requests_to_cheapest", costs.toFewest(fewest));
    figures.set("streams", costs.besideFewest(fewest));
    return figures;
  }

  private ObjectNode laterSync(Course course) {
    var stack = course.stack;
    SimulatedWorld.ask(stack, "DELETE", "requests", Optional.empty());
    course.log.next();
    var versions = new RowVersions(stack);
    for (var job : stack.api().jobs().orElseThrow()) {
      var path = "/api/etl/jobs/%d/start".formatted(job.path("id").asLong());
      stack.api().require("POST", path, Optional.of("{}"));
    }
    var seconds = Syncs.await(stack);
    var figures = JSON.createObjectNode();
    var costs = costs(course, figures);
    var written = versions.byTable();
    figures.put("row_versions_written", written.valueStream().mapToLong(JsonNode::asLong).sum());
    figures.put("seconds", seconds);
    figures.set("requests_by_stream", costs.requests());
    figures.set("row_versions_by_table", written);
    return figures;
  }

  /** The mean of some more runs: one of less than a second says little. */
  private ObjectNode quietSyncs(Course course) {
    double seconds = 0;
    double requests = 0;
    long written = 0;
    for (int run = 0; run < QUIET_SYNCS; run++) {
      var sync = laterSync(course);
      seconds += sync.path("seconds").asDouble();
      requests += sync.path("requests").asLong();
      written += sync.path("row_versions_written").asLong();
    }
    return JSON.createObjectNode()
        .put("runs", QUIET_SYNCS)
        .put("mean_requests", Math.round(10 * requests / QUIET_SYNCS) / 10.0)
        .put("mean_seconds", Math.round(1_000 * seconds / QUIET_SYNCS) / 1_000.0)
        .put("row_versions_written", written);
  }

  /** What the latest runs took; the sources' own count of requests goes into the figures. */
  private StreamCosts costs(Course course, ObjectNode figures) {
    var stack = course.stack;
    var asked = SimulatedWorld.ask(stack, "GET", "requests", Optional.empty());
    figures.put("requests", asked.path("total").asLong());
    var jobs = stack.api().jobs().orElseThrow();
    Map<Long, String> connectors =
        jobs.stream()
            .collect(
                Collectors.toMap(
                    job -> job.path("id").asLong(), job -> job.path("connector").asString()));
    var costs = new StreamCosts(course.log.next(), connectors, asked.path("points"));
    if (costs.total() != asked.path("total").asLong()) {
      figures.put("requests_in_log", costs.total()); // else the log tells of every one
    }
    for (var job : jobs) costs.add(job.path("connector").asString(), streams(stack, job));
    return costs;
  }

  /** For each connection one request per 25 projects, repositories or the like, and ten more. */
  private static long requestsOfQuietRuns(LocalStack stack) {
    long requests = 0;
    for (var job : stack.api().jobs().orElseThrow()) {
      var path = "/api/etl/jobs/%d/checkpoints".formatted(job.path("id").asLong());
      long elements =
          stack.api().requireAll(path).stream()
              .map(each -> each.path("partition").asString())
              .filter(partition -> !partition.isEmpty())
              .distinct()
              .count();
      requests += elements / 25 + 10;
    }
    return requests;
  }

  private static List<JsonNode> streams(LocalStack stack, JsonNode job) {
    var path = "/api/etl/runs/%d/streams".formatted(job.path("runId").asLong());
    return stack.api().requireAll(path);
  }

  /** The service says how long its start took a moment after it has begun to answer. */
  private static double startSeconds(Checkout checkout) {
    try {
      for (int attempt = 0; attempt < 600; attempt++) {
        var matcher = STARTED.matcher(Files.readString(checkout.log(Programs.ETL)));
        if (matcher.find()) return Double.parseDouble(matcher.group(1));
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      }
      throw new LauncherProblem(
          "etl-service does not say how long its start took.", "Try again on a calmer machine.");
    } catch (IOException e) {
      throw new LauncherProblem("Cannot read " + checkout.log(Programs.ETL), "Try again.", e);
    }
  }
}
