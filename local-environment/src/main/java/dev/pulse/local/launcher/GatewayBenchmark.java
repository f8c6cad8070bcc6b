package dev.pulse.local.launcher;

import dev.pulse.local.launcher.ClosedLoop.Outcome;
import dev.pulse.local.launcher.Command.Bench;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What it costs that everything goes through the gateway: the same read through it and, signed in
 * the same way, at etl-service itself; and how fast it signs people in and passes on events.
 * Without Redis, and with one if this machine has it.
 */
final class GatewayBenchmark implements Benchmark {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String READ = "jobs/status";
  private static final long SCALE = 10;
  private static final int CONNECTIONS = 4;
  private static final int ROUNDS = 5;
  private static final int WARM_UPS = 5;
  private static final int CALLERS = 32;
  private static final int LOGINS = 60;
  private static final int EVENTS = 100;

  /** As many as the gateway looks at at once. */
  private static final int LOGIN_CALLERS = 2;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Nobody is to be slowed down here. */
  private static final Map<String, String> NO_LIMITS =
      Map.of(
          "PULSE_LIMITS_READS", "1000000/1s",
          "PULSE_LIMITS_WRITES", "1000000/1s",
          "PULSE_LIMITS_SIGN_IN", "1000000/1s",
          "PULSE_LIMITS_STRANGERS", "1000000/1s");

  private final Ports ports;

  GatewayBenchmark(Ports ports) {
    this.ports = ports.forBenchmark();
  }

  @Override
  public String name() {
    return "gateway";
  }

  @Override
  public JsonNode run(Checkout checkout, Bench wish) {
    var own = checkout.forBenchmark();
    own.delete();
    var figures = JSON.createObjectNode();
    figures.put("reads_per_round", wish.items());
    figures.set("measured_on", Machine.describe());
    var stack = new LocalStack(own, ports);
    try {
      stack.start(OptionalLong.of(SCALE));
      var jobs = stack.connect(CONNECTIONS);
      var password = stack.takePassword().orElseThrow();
      stack.startGateway(NO_LIMITS);
      figures.set("without_redis", measure(stack, jobs, password, wish.items()));
      var redis = RedisServer.onPath();
      if (redis.isEmpty()) {
        figures.put("with_redis", "not measured: there is no redis-server on the PATH");
        return figures;
      }
      var settings = new TreeMap<>(NO_LIMITS);
      settings.put("PULSE_REDIS_URL", stack.startRedis(redis.get()).toString());
      stack.startGateway(settings);
      figures.set("with_redis", measure(stack, jobs, password, wish.items()));
      return figures;
    } finally {
      stack.end();
      own.delete();
    }
  }

  private static JsonNode measure(
      LocalStack stack, List<Long> jobs, String password, long readsPerRound) {
    var figures = JSON.createObjectNode();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var client =
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(threads)
                .build()) {
      reads(stack, client, readsPerRound, figures);
      figures.set("logins", logins(stack, client, password));
      figures.set("sse_lag", sseLag(stack, client, jobs.getFirst()));
    }
    return figures;
  }

  /** One round of each kind, in turn. */
  private record Round(Outcome direct, Outcome gateway) {

    double between(ToDoubleFunction<Outcome> figure) {
      return figure.applyAsDouble(gateway) - figure.applyAsDouble(direct);
    }
  }

  private static void reads(
      LocalStack stack, HttpClient client, long readsPerRound, ObjectNode figures) {
    var signed = stack.signedReads();
    var direct = new ClosedLoop(client, () -> signed.of("/api/v1/" + READ, PATIENCE));
    var passedOn = stack.api().request("/api/etl/" + READ, PATIENCE);
    var gateway = new ClosedLoop(client, () -> passedOn);
    direct.run(CALLERS, WARM_UPS * readsPerRound);
    gateway.run(CALLERS, WARM_UPS * readsPerRound);
    var alone = new ArrayList<Round>();
    var many = new ArrayList<Round>();
    for (int round = 0; round < ROUNDS; round++) {
      alone.add(new Round(direct.run(1, readsPerRound), gateway.run(1, readsPerRound)));
      many.add(new Round(direct.run(CALLERS, readsPerRound), gateway.run(CALLERS, readsPerRound)));
    }
    figures.set("overhead", overhead(alone));
    figures.set("reads", rates(many));
  }

  private static ObjectNode overhead(List<Round> rounds) {
    var figures = JSON.createObjectNode();
    for (int percent : new int[] {50, 99}) {
      ToDoubleFunction<Outcome> percentile =
          outcome -> outcome.latencies().percentileMillis(percent);
      figures
          .put("p%d_ms".formatted(percent), median(rounds, round -> round.between(percentile)))
          .put(
              "direct_p%d_ms".formatted(percent),
              median(rounds, round -> percentile.applyAsDouble(round.direct)))
          .put(
              "gateway_p%d_ms".formatted(percent),
              median(rounds, round -> percentile.applyAsDouble(round.gateway)));
    }
    return figures.put("rounds", ROUNDS);
  }

  private static ObjectNode rates(List<Round> rounds) {
    return JSON.createObjectNode()
        .put("per_s", Math.round(median(rounds, round -> round.gateway.perSecond())))
        .put("direct_per_s", Math.round(median(rounds, round -> round.direct.perSecond())))
        .put("callers", CALLERS)
        .put("rounds", ROUNDS);
  }

  private static ObjectNode logins(LocalStack stack, HttpClient client, String password) {
    var body = JSON.writeValueAsString(Map.of("email", "admin@localhost", "password", password));
    var login =
        HttpRequest.newBuilder(stack.api().url().resolve("/api/auth/login"))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .header("X-Pulse-Request", "1")
            .POST(BodyPublishers.ofString(body))
            .build();
    var loop = new ClosedLoop(client, () -> login);
    loop.run(LOGIN_CALLERS, LOGINS / 2);
    var outcome = loop.run(LOGIN_CALLERS, LOGINS);
    return JSON.createObjectNode()
        .put("per_s", Math.round(outcome.perSecond() * 10) / 10.0)
        .put("p50_ms", outcome.latencies().percentileMillis(50))
        .put("callers", LOGIN_CALLERS)
        .put("n", LOGINS);
  }

  /** Two listen, one of them at etl-service itself, while the schedule of a job changes. */
  private static ObjectNode sseLag(LocalStack stack, HttpClient client, long job) {
    try (var direct = new HeardEvents(client, stack.signedReads().of("/api/v1/events", PATIENCE));
        var gateway = new HeardEvents(client, stack.api().request("/api/etl/events", PATIENCE))) {
      awaitMore(direct, 0, gateway, 0);
      for (int event = 0; event < EVENTS; event++) {
        int heard = direct.count();
        int passedOn = gateway.count();
        var another = "{\"intervalSeconds\":%d}".formatted(40_000 + event);
        stack
            .api()
            .require("PUT", "/api/etl/jobs/%d/schedule".formatted(job), Optional.of(another));
        awaitMore(direct, heard, gateway, passedOn);
      }
      var lag = gateway.laterThan(direct);
      return JSON.createObjectNode()
          .put("p50_ms", lag.percentileMillis(50))
          .put("p95_ms", lag.percentileMillis(95))
          .put("n", lag.count());
    }
  }

  private static void awaitMore(HeardEvents direct, int heard, HeardEvents gateway, int passedOn) {
    long begun = System.nanoTime();
    while (direct.count() == heard || gateway.count() == passedOn) {
      if (System.nanoTime() - begun > PATIENCE.toNanos()) {
        throw new LauncherProblem(
            "An event was not told.", "See the logs of etl-service and backend-service.");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }

  private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
    var sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
    return Math.round(sorted[sorted.length / 2] * 100) / 100.0;
  }
}
