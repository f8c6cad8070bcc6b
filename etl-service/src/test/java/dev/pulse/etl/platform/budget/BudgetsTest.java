package dev.pulse.etl.platform.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pulse.etl.EtlTest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class BudgetsTest extends EtlTest {

  private static final AtomicInteger KEYS = new AtomicInteger();
  private static final Duration HOUR = Duration.ofHours(1);

  @Autowired RateBudgets stored;
  @Autowired JdbcClient jdbc;

  private final BudgetKey key = new BudgetKey("budgets-test-" + KEYS.incrementAndGet());

  @Test
  void two_nodes_together_never_take_more_than_the_allowance_less_the_reserve() throws Exception {
    for (int seed = 0; seed < 8; seed++) {
      var random = new Random(seed);
      long allowance = 50L + random.nextInt(3_000);
      var resource = "seed-" + seed;
      var reset = Duration.ofSeconds(20L + random.nextInt(3_600));
      var nodes = new Budgets[] {node(), node()};
      nodes[0].reconcile(key, resource, allowance, allowance, reset);
      var spent = new AtomicLong();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < 8; i++) {
          var node = nodes[i % 2];
          var own = new Random(seed * 100L + i);
          var _ =
              threads.submit(
                  () -> {
                    spendAll(node, resource, own, allowance, reset, spent);
                    return null;
                  });
        }
      }

      long most = allowance - allowance * 10 / 100;
      assertThat(spent.get()).as("seed %d", seed).isLessThanOrEqualTo(most);
      assertThat(spent.get()).as("seed %d", seed).isGreaterThan(most * 9 / 10 - 20);
    }
  }

  private void spendAll(
      Budgets node,
      String resource,
      Random random,
      long allowance,
      Duration reset,
      AtomicLong spent) {
    while (true) {
      long cost = 1L + random.nextInt(4);
      try {
        node.take(key, resource, cost);
      } catch (BudgetExhausted e) {
        return;
      }
      long sum = spent.addAndGet(cost);
      if (random.nextInt(10) == 0) node.reconcile(key, resource, allowance, allowance - sum, reset);
    }
  }

  @Test
  void a_block_is_honoured_after_a_restart_and_by_the_other_node() {
    var other = node();
    node().block(key, "core", Duration.ofSeconds(90), "asked to wait 90 s");

    for (var node : new Budgets[] {node(), other}) {
      assertThatThrownBy(() -> node.take(key, "core", 1))
          .isInstanceOfSatisfying(
              BudgetExhausted.class,
              e ->
                  assertThat(e.retryAfter())
                      .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(90)))
          .hasMessage("asked to wait 90 s");
    }
    assertThatCode(() -> node().take(key, "search", 1)).doesNotThrowAnyException();
    timePasses(Duration.ofSeconds(91));
    assertThatCode(() -> node().take(key, "core", 1)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(ints = {-90, 0, 90})
  void a_block_lasts_as_long_as_told_whatever_a_node_takes_for_the_time(int secondsAhead) {
    var node = node(Duration.ofSeconds(secondsAhead));
    node.block(key, "core", Duration.ofSeconds(60), "asked to wait a minute");

    for (var asking : List.of(node, node(), node(Duration.ofSeconds(secondsAhead)))) {
      assertThatThrownBy(() -> asking.take(key, "core", 1))
          .isInstanceOfSatisfying(
              BudgetExhausted.class,
              e ->
                  assertThat(e.retryAfter())
                      .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-4_000, 0, 4_000})
  void a_window_is_one_window_whatever_a_node_takes_for_the_time(int secondsAhead) {
    node().reconcile(key, "core", 5_000, 600, HOUR);
    var node = node(Duration.ofSeconds(secondsAhead));

    node.take(key, "core", 1);
    node.reconcile(key, "core", 5_000, 500, HOUR.plusSeconds(1));

    assertThatThrownBy(() -> node.take(key, "core", 1)).isInstanceOf(BudgetExhausted.class);
    assertThatThrownBy(() -> node().take(key, "core", 1)).isInstanceOf(BudgetExhausted.class);
  }

  @Test
  void a_shorter_block_does_not_end_a_longer_one() {
    node().block(key, "core", Duration.ofSeconds(90), "long");
    node().block(key, "core", Duration.ofSeconds(10), "short");

    timePasses(Duration.ofSeconds(20));

    assertThatThrownBy(() -> node().take(key, "core", 1)).hasMessage("long");
  }

  @Test
  void what_others_have_used_is_believed_at_once() {
    var node = node();
    node.reconcile(key, "core", 5_000, 5_000, HOUR);
    node.take(key, "core", 1);

    node.reconcile(key, "core", 5_000, 3, HOUR);

    assertThatThrownBy(() -> node.take(key, "core", 4)).isInstanceOf(BudgetExhausted.class);
  }

  @Test
  void an_answer_that_was_overtaken_gives_nothing_back() {
    var node = node();
    node.reconcile(key, "core", 5_000, 500, HOUR);
    node.reconcile(key, "core", 5_000, 4_000, HOUR.plusSeconds(1));
    node.reconcile(key, "core", 5_000, 4_999, Duration.ZERO);

    assertThatThrownBy(() -> node().take(key, "core", 1)).isInstanceOf(BudgetExhausted.class);
  }

  @Test
  void a_new_window_begins_with_what_its_first_answer_says() {
    node().reconcile(key, "core", 5_000, 0, HOUR);
    timePasses(HOUR.plusSeconds(1));
    var later = node();

    later.take(key, "core", 1);
    later.reconcile(key, "core", 5_000, 4_999, HOUR);

    assertThatCode(() -> later.take(key, "core", 100)).doesNotThrowAnyException();
  }

  @Test
  void budgets_are_listed() {
    node().reconcile(key, "graphql", 5_000, 4_000, HOUR);

    var reply = api("GET", "budgets", "");

    assertThat(reply.status()).isEqualTo(200);
    var item =
        reply
            .json()
            .path("items")
            .valueStream()
            .filter(each -> each.path("budgetKey").asString().equals(key.value()))
            .findFirst()
            .orElseThrow();
    assertThat(item.path("remaining").asLong()).isEqualTo(4_000);
    assertThat(Instant.parse(item.path("resetsAt").asString()))
        .isCloseTo(Instant.now().plus(HOUR), within(1, ChronoUnit.MINUTES));
  }

  private Budgets node() {
    return node(Duration.ZERO);
  }

  /** A node whose clock goes wrong. */
  private Budgets node(Duration ahead) {
    return new Budgets(stored, new BudgetSettings(10), Clock.offset(Clock.systemUTC(), ahead));
  }

  /** What the database keeps of this test's budgets is so much older. */
  private void timePasses(Duration time) {
    jdbc.sql(
            """
            update rate_budget
               set blocked_until = blocked_until - :seconds * interval '1 second',
                   resets_at = resets_at - :seconds * interval '1 second'
             where budget_key = :key
            """)
        .param("seconds", time.toSeconds())
        .param("key", key.value())
        .update();
  }
}
