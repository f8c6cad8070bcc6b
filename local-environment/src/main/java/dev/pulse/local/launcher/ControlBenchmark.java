package dev.pulse.local.launcher;

import dev.pulse.local.launcher.Command.Bench;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * How soon what is asked of runs is done, and what it costs that they can be resumed: etl-service
 * as one process and as two, on one PostgreSQL, with the simulated sources.
 */
final class ControlBenchmark implements Benchmark {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int CONNECTIONS = 4;
  private static final int STOPS = 40;
  private static final int KILLS = 10;
  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final Map<String, String> SETTINGS =
      Map.of("PULSE_RUNS_LEASE", LEASE.toSeconds() + "s");

  /** So runs are always stopped or killed while the source is being waited for. */
  private static final String SLOW_SOURCE = "{\"kind\":\"SLOW\",\"skip\":0,\"number\":10000}";

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Ports ports;
  private final Random random = new Random();

  ControlBenchmark(Ports ports) {
    this.ports = ports.forBenchmark();
  }

  @Override
  public String name() {
    return "control";
  }

  @Override
  public JsonNode run(Checkout checkout, Bench wish) {
    var own = checkout.forBenchmark();
    var figures = JSON.createObjectNode();
    figures.put("items", wish.items());
    figures.set("measured_on", Machine.describe());
    var nodes = JSON.createObjectNode().put("connections", CONNECTIONS);
    onNodes(own, wish, 1, (stack, jobs) -> nodes.set("one", firstSync(stack, 1)));
    onNodes(
        own,
        wish,
        2,
        (stack, jobs) -> {
          nodes.set("two", firstSync(stack, 2));
          SimulatedWorld.ask(stack, "POST", "faults", Optional.of(SLOW_SOURCE));
          figures.set("force_stop", stops(stack, jobs));
          figures.set("kill_to_resumed", kills(stack, jobs));
        });
    figures.set("checkpoint_overhead_per_page", checkpointOverhead(checkout));
    figures.set("nodes", nodes);
    return figures;
  }

  private interface Measuring {
    void on(LocalStack stack, List<Long> jobs);
  }

  /** On a database of its own: a first sync is measured each time. */
  private void onNodes(Checkout own, Bench wish, int count, Measuring measuring) {
    own.delete();
    var stack = new LocalStack(own, ports);
    try {
      stack.start(OptionalLong.of(wish.items()), SETTINGS);
      stack.startNodes(count, SETTINGS);
      measuring.on(stack, stack.connect(CONNECTIONS));
    } finally {
      stack.end();
      own.delete();
    }
  }

  /** Of all connections side by side, as many as the orchestrator lets go on at once. */
  private static ObjectNode firstSync(LocalStack stack, int nodes) {
    var holders = new RunHolders(stack);
    stack.api().require("POST", "/api/etl/orchestrator/start", Optional.of("{}"));
    var seconds = Syncs.await(stack, holders::look);
    long rows = Syncs.rows(stack);
    var figures =
        JSON.createObjectNode()
            .put("seconds", seconds)
            .put("rows", rows)
            .put("rows_per_s", Math.round(rows / seconds));
    var runs = figures.putArray("runs_by_node").add(holders.countOf(Programs.ETL));
    if (nodes > 1) runs.add(holders.countOf(Programs.SECOND_ETL));
    return figures;
  }

  /** From the request to the end of the run, asked at the first node whoever has the run. */
  private ObjectNode stops(LocalStack stack, List<Long> jobs) {
    var latencies = new Latencies();
    for (int stop = 0; stop < STOPS; stop++) {
      long job = jobs.get(stop % jobs.size());
      startReading(stack, job);
      pause(Duration.ofMillis(500));
      latencies.add(stop(stack, job));
    }
    return latencies.figures();
  }

  /** From {@code kill -9} of the node that has a run until the other node asks the source. */
  private ObjectNode kills(LocalStack stack, List<Long> jobs) {
    var latencies = new Latencies();
    for (int kill = 0; kill < KILLS; kill++) {
      long job = jobs.get(kill % jobs.size());
      startReading(stack, job);
      pause(LEASE.dividedBy(3)); // wherever between two heartbeats
      var node = new RunHolders(stack).of(job).flatMap(StartedProcess::handle).orElseThrow();
      long killed = System.nanoTime();
      node.destroyForcibly();
      until(() -> !node.isAlive());
      long asked = requests(stack);
      until(() -> requests(stack) > asked);
      latencies.add(since(killed));
      stack.startNodes(2, SETTINGS);
      if (isRunning(stack, job)) stop(stack, job);
    }
    return latencies.figures().put("lease_seconds", LEASE.toSeconds());
  }

  private static JsonNode checkpointOverhead(Checkout checkout) {
    var figures = JSON.createObjectNode();
    MeasuringTest.of("CheckpointCostTest").figures(checkout).forEach(figures::put);
    return figures;
  }

  private static void startReading(LocalStack stack, long job) {
    SimulatedWorld.ask(stack, "DELETE", "requests", Optional.empty());
    stack.api().require("POST", "/api/etl/jobs/%d/start".formatted(job), Optional.of("{}"));
    until(() -> requests(stack) > 0);
  }

  private static Duration stop(LocalStack stack, long job) {
    var body = Optional.of("{\"mode\":\"now\"}");
    long asked = System.nanoTime();
    stack.api().require("POST", "/api/etl/jobs/%d/stop".formatted(job), body);
    until(() -> !isRunning(stack, job));
    return since(asked);
  }

  private static boolean isRunning(LocalStack stack, long job) {
    return stack
        .api()
        .require("GET", "/api/etl/jobs/" + job, Optional.empty())
        .path("state")
        .asString()
        .equals("RUNNING");
  }

  private static long requests(LocalStack stack) {
    return SimulatedWorld.ask(stack, "GET", "requests", Optional.empty()).path("total").asLong();
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  private void pause(Duration atMost) {
    LockSupport.parkNanos(random.nextLong(atMost.toNanos()));
  }

  private static void until(BooleanSupplier reached) {
    long begun = System.nanoTime();
    while (!reached.getAsBoolean()) {
      if (since(begun).compareTo(PATIENCE) > 0) {
        throw new LauncherProblem(
            "What was waited for has not happened.", "See the log of etl-service.");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }
}
