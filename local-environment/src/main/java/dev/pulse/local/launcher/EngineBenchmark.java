package dev.pulse.local.launcher;

import dev.pulse.local.launcher.Command.Bench;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The data engine from end to end: PostgreSQL, the simulated sources and etl-service on this
 * machine, a first sync of everything, a second that finds nothing new, and one after one percent
 * has changed.
 */
final class EngineBenchmark implements Benchmark {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Pattern STARTED = Pattern.compile("process running for ([0-9.]+)\\)");
  private static final Pattern RATIO = Pattern.compile("load_to_copy_ratio=([0-9.]+)");
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  private static final List<String> TABLES =
      List.of(
          "organization",
          "account",
          "project",
          "field",
          "work_item_type",
          "work_status",
          "work_item",
          "work_item_change",
          "comment",
          "repository",
          "commit",
          "pull_request",
          "pull_request_commit",
          "pull_request_event",
          "review");

  private final Ports ports;
  private final Http http = new Http();

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
    var stack = new LocalStack(own, ports);
    var figures = JSON.createObjectNode();
    figures.put("items", wish.items());
    figures.put("processors", Runtime.getRuntime().availableProcessors());
    try {
      stack.start(OptionalLong.of(wish.items()));
      figures.put("start_seconds", startSeconds(own));
      figures.set("first_sync", firstSync(stack, wish.items()));
      figures.set("second_sync", laterSync(stack));
      world(stack, "POST", "change", Optional.of("{\"percent\":1}"));
      figures.set("changed_1_percent", laterSync(stack));
    } finally {
      stack.end();
      own.delete();
    }
    ((ObjectNode) figures.path("first_sync")).put("load_to_copy_ratio", loadToCopyRatio(checkout));
    return figures;
  }

  private ObjectNode firstSync(LocalStack stack, long items) {
    world(stack, "DELETE", "requests", Optional.empty());
    stack.connectDemo();
    var seconds = awaitRuns(stack);
    long rows = 0;
    for (var job : stack.etl().jobs().orElseThrow()) rows += job.path("rows").asLong();
    var figures = JSON.createObjectNode();
    figures.put("rows", rows);
    figures.put("seconds", seconds);
    figures.put("rows_per_s", Math.round(rows / seconds));
    figures.put("peak_rss_mb", peakRss(stack));
    var asked = world(stack, "GET", "requests", Optional.empty());
    figures.set("requests_per_1000", per1000(asked.path("byOperation"), items));
    figures.set("graphql_points_per_1000", per1000(asked.path("points"), items));
    return figures;
  }

  private ObjectNode laterSync(LocalStack stack) {
    world(stack, "DELETE", "requests", Optional.empty());
    long before = nextTransaction(stack);
    for (var job : stack.etl().jobs().orElseThrow()) {
      var path = "/api/etl/jobs/%d/start".formatted(job.path("id").asLong());
      stack.etl().require("POST", path, Optional.of("{}"));
    }
    var seconds = awaitRuns(stack);
    var figures = JSON.createObjectNode();
    figures.put(
        "requests", world(stack, "GET", "requests", Optional.empty()).path("total").asLong());
    figures.put("row_versions_written", rowVersionsSince(stack, before));
    figures.put("seconds", seconds);
    return figures;
  }

  /** Waits for the latest run of every job; from the first start to the last end. */
  private double awaitRuns(LocalStack stack) {
    while (!stack.etl().jobs().orElseThrow().stream()
        .allMatch(job -> job.path("state").asString().equals("FINISHED"))) {
      for (var job : stack.etl().jobs().orElseThrow()) {
        if (job.path("state").asString().equals("FAILED")) {
          throw new LauncherProblem(
              "A sync failed: " + job.path("error"), "See the log of etl-service.");
        }
      }
      pause(Duration.ofMillis(100));
    }
    Instant from = Instant.MAX;
    Instant to = Instant.MIN;
    for (var job : stack.etl().jobs().orElseThrow()) {
      var run =
          stack
              .etl()
              .require("GET", "/api/etl/runs/" + job.path("runId").asLong(), Optional.empty());
      var started = Instant.parse(run.path("startedAt").asString());
      var ended = Instant.parse(run.path("endedAt").asString());
      if (started.isBefore(from)) from = started;
      if (ended.isAfter(to)) to = ended;
    }
    return Duration.between(from, to).toMillis() / 1000.0;
  }

  /** The transaction that comes next. */
  private static long nextTransaction(LocalStack stack) {
    return ask(stack, "select pg_snapshot_xmax(pg_current_snapshot())::text::bigint");
  }

  /** Row versions that stem from a transaction since, as PostgreSQL itself has marked them. */
  private static long rowVersionsSince(LocalStack stack, long transaction) {
    return TABLES.stream()
        .mapToLong(
            table ->
                ask(
                    stack,
                    "select count(*) from etl.%s where xmin::text::bigint >= %d"
                        .formatted(table, transaction)))
        .sum();
  }

  private static long ask(LocalStack stack, String sql) {
    var database = stack.database();
    try (var connection =
            DriverManager.getConnection(
                database.jdbcUrl(), Database.USER, Secrets.read(database.passwordFile()));
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new LauncherProblem("The database cannot be asked: " + e.getMessage(), "Try again.", e);
    }
  }

  private JsonNode world(LocalStack stack, String method, String path, Optional<String> json) {
    try {
      var uri = URI.create(stack.simulator() + "/_world/" + path);
      return JSON.readTree(http.send(method, uri, json, Duration.ofMinutes(5)).body());
    } catch (IOException e) {
      throw new LauncherProblem("The simulated sources do not answer.", "Try again.", e);
    }
  }

  private static ObjectNode per1000(JsonNode counts, long items) {
    var figures = JSON.createObjectNode();
    counts
        .propertyStream()
        .forEach(
            each ->
                figures.put(
                    each.getKey(),
                    Math.round(each.getValue().asLong() * 100_000.0 / items) / 100.0));
    return figures;
  }

  private static double startSeconds(Checkout checkout) {
    var matcher = STARTED.matcher(read(checkout.log(Programs.ETL)));
    return matcher.find() ? Double.parseDouble(matcher.group(1)) : -1;
  }

  /** -1 where the operating system does not tell. */
  private static long peakRss(LocalStack stack) {
    var pid = stack.process(Programs.ETL).map(StartedProcess::pid).orElseThrow();
    var status = Path.of("/proc/%d/status".formatted(pid));
    if (!Files.exists(status)) return -1;
    var matcher = PEAK.matcher(read(status));
    return matcher.find() ? Long.parseLong(matcher.group(1)) / 1_024 : -1;
  }

  /** Measured by the engine's own test code, which has its classes and the driver's. */
  private static double loadToCopyRatio(Checkout checkout) {
    var command =
        new ProcessBuilder(
                checkout.root().resolve("mvnw").toString(),
                "-q",
                "-B",
                "-Dfast",
                "-pl",
                "etl-service",
                "-am",
                "-Dexcluded.tags=",
                "-Dgroups=bench",
                "-Dtest=LoadToCopyTest",
                "-Dsurefire.failIfNoSpecifiedTests=false",
                "test")
            .directory(checkout.root().toFile())
            .redirectErrorStream(true);
    try {
      var process = command.start();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      var matcher = RATIO.matcher(output);
      if (process.waitFor() == 0 && matcher.find()) return Double.parseDouble(matcher.group(1));
      throw new LauncherProblem("The load could not be measured:\n" + output, "Run: ./mvnw verify");
    } catch (IOException e) {
      throw new LauncherProblem("Maven could not be run: " + e.getMessage(), "Run: ./mvnw -v", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LauncherProblem("Interrupted.", "Run it again.", e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new LauncherProblem("Cannot read " + file, "Try again.", e);
    }
  }

  private static void pause(Duration time) {
    LockSupport.parkNanos(TimeUnit.NANOSECONDS.convert(time));
  }
}
