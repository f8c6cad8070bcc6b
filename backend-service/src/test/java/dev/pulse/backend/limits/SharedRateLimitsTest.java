package dev.pulse.backend.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.backend.BackendTest;
import dev.pulse.backend.Browser;
import dev.pulse.backend.RedisServer;
import dev.pulse.backend.SecondNode;
import dev.pulse.backend.platform.Redis;
import dev.pulse.model.Role;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.Environment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Two nodes with a Redis, which dies, freezes and comes back under them. */
@EnabledIf(
    value = "dev.pulse.backend.RedisServer#isAvailable",
    disabledReason = "no Redis starts on this machine: install redis-server")
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(
    properties = {
      "pulse.limits.reads=10/60s",
      "pulse.redis.probe=200ms",
      "pulse.redis.timeout=1s" // a busy machine is slow, and not dead
    })
class SharedRateLimitsTest extends BackendTest {

  private static final String ROLES = "/api/roles";
  private static final RedisServer SERVER = RedisServer.start();

  @Autowired Environment environment;
  @Autowired Redis redis;

  @DynamicPropertySource
  static void redis(DynamicPropertyRegistry settings) {
    settings.add("pulse.redis.url", SERVER::url);
  }

  @AfterAll
  static void end() {
    SERVER.close();
  }

  @BeforeEach
  void redis_is_there() {
    await().until(redis::isHere);
  }

  @Test
  void with_redis_the_nodes_have_one_limit_and_without_it_each_its_own(CapturedOutput output)
      throws Exception {
    try (var other = SecondNode.beside(environment, clock)) {
      await().until(other.bean(Redis.class)::isHere);
      shareOneLimit(other);
      int toldBefore = told(output);

      SERVER.die();
      var alone = signedIn(Role.VIEWER);
      assertThat(granted(alone, other.asked(alone), 40)).as("of each").isEqualTo(20);
      assertThat(other.asked(alone).refresh().status())
          .as("sessions do not depend on it")
          .isEqualTo(204);

      SERVER.live();
      await().until(() -> redis.isHere() && other.bean(Redis.class).isHere());
      assertThat(told(output)).as("one line of each node").isEqualTo(toldBefore + 2);
      shareOneLimit(other);
    }
  }

  /** A machine that is busy may lose Redis for a moment; whoever does not share never passes. */
  private void shareOneLimit(SecondNode other) {
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              var here = signedIn(Role.VIEWER);
              assertThat(granted(here, other.asked(here), 40)).isEqualTo(10);
              assertThat(here.get(ROLES).status()).isEqualTo(429);
              assertThat(other.asked(here).get(ROLES).status()).isEqualTo(429);
            });
  }

  private static int told(CapturedOutput output) {
    return output.getOut().split("Redis does not answer", -1).length;
  }

  @Test
  void a_redis_that_says_nothing_any_more_is_not_waited_for() throws Exception {
    var viewer = signedIn(Role.VIEWER);
    SERVER.freeze();
    try {
      assertThat(granted(viewer, viewer.copy(), 20)).isEqualTo(10);
      await().until(() -> !redis.isHere());

      assertThat(redis.ask(_ -> "asked")).as("nobody asks it").isEmpty();
      assertThat(signedIn(Role.VIEWER).get(ROLES).status()).isEqualTo(200);
    } finally {
      SERVER.thaw();
    }
    await().until(redis::isHere);
  }

  @Test
  void health_tells_of_it_and_the_node_stays_in_service() {
    var meters = new SimpleMeterRegistry();
    redis.bindTo(meters);
    assertThat(browser().get("/health").json().path("status").asString()).isEqualTo("UP");
    assertThat(meters.get("pulse.redis.up").gauge().value()).isEqualTo(1);
    double losses = meters.get("pulse.redis.losses").functionCounter().count();

    SERVER.die();

    await().until(() -> !redis.isHere());
    var ready = browser().get("/health/ready");
    assertThat(ready.status()).isEqualTo(200);
    assertThat(ready.json().path("status").asString()).isEqualTo("DEGRADED");
    assertThat(ready.json().at("/away/0").asString()).isEqualTo("redis");
    assertThat(meters.get("pulse.redis.up").gauge().value()).isZero();
    assertThat(meters.get("pulse.redis.losses").functionCounter().count()).isEqualTo(losses + 1);

    SERVER.live();
    await().until(redis::isHere);
    assertThat(browser().get("/health").json().path("status").asString()).isEqualTo("UP");
    assertThat(meters.get("pulse.redis.up").gauge().value()).isEqualTo(1);
  }

  /** Of so many requests, half to each, all at once. */
  private static long granted(Browser here, Browser there, int requests) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var asking = new ArrayList<Callable<Integer>>();
      for (int i = 0; i < requests; i++) {
        var node = i % 2 == 0 ? here : there;
        asking.add(() -> node.copy().get(ROLES).status());
      }
      long granted = 0;
      for (var answer : threads.invokeAll(asking)) {
        assertThat(answer.get()).isIn(200, 429);
        if (answer.get() == 200) granted++;
      }
      return granted;
    }
  }
}
