package dev.pulse.etl.platform.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.etl.EtlTest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class BudgetsTest extends EtlTest {

  private static final AtomicInteger KEYS = new AtomicInteger();
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant RESET = NOW.plus(Duration.ofHours(1));

  @Autowired RateBudgets stored;

  private final BudgetKey key = new BudgetKey("budgets-test-" + KEYS.incrementAndGet());

  @Test
  void two_nodes_together_never_take_more_than_the_allowance_less_the_reserve() throws Exception {
    for (int seed = 0; seed < 8; seed++) {
      var random = new Random(seed);
      long allowance = 50L + random.nextInt(3_000);
      var resource = "seed-" + seed;
      var reset = NOW.plusSeconds(20L + random.nextInt(3_600));
      var nodes = new Budgets[] {node(NOW), node(NOW)};
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
      Instant reset,
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
    var other = node(NOW);
    node(NOW).block(key, "core", NOW.plusSeconds(90), "asked to wait 90 s");

    for (var node : new Budgets[] {node(NOW), other}) {
      assertThatThrownBy(() -> node.take(key, "core", 1))
          .isInstanceOfSatisfying(
              BudgetExhausted.class, e -> assertThat(e.until()).isEqualTo(NOW.plusSeconds(90)))
          .hasMessage("asked to wait 90 s");
    }
    assertThatCode(() -> node(NOW.plusSeconds(91)).take(key, "core", 1)).doesNotThrowAnyException();
    assertThatCode(() -> node(NOW).take(key, "search", 1)).doesNotThrowAnyException();
  }

  @Test
  void a_shorter_block_does_not_end_a_longer_one() {
    node(NOW).block(key, "core", NOW.plusSeconds(90), "long");
    node(NOW).block(key, "core", NOW.plusSeconds(10), "short");

    assertThatThrownBy(() -> node(NOW.plusSeconds(20)).take(key, "core", 1)).hasMessage("long");
  }

  @Test
  void what_others_have_used_is_believed_at_once() {
    var node = node(NOW);
    node.reconcile(key, "core", 5_000, 5_000, RESET);
    node.take(key, "core", 1);

    node.reconcile(key, "core", 5_000, 3, RESET);

    assertThatThrownBy(() -> node.take(key, "core", 4)).isInstanceOf(BudgetExhausted.class);
  }

  @Test
  void an_answer_that_was_overtaken_gives_nothing_back() {
    var node = node(NOW);
    node.reconcile(key, "core", 5_000, 500, RESET);
    node.reconcile(key, "core", 5_000, 4_000, RESET.plusSeconds(1));
    node.reconcile(key, "core", 5_000, 4_999, RESET.minusSeconds(3_600));

    assertThatThrownBy(() -> node(NOW).take(key, "core", 1)).isInstanceOf(BudgetExhausted.class);
  }

  @Test
  void a_new_window_begins_with_what_its_first_answer_says() {
    node(NOW).reconcile(key, "core", 5_000, 0, RESET);
    var later = node(RESET.plusSeconds(1));

    later.take(key, "core", 1);
    later.reconcile(key, "core", 5_000, 4_999, RESET.plusSeconds(3_600));

    assertThatCode(() -> later.take(key, "core", 100)).doesNotThrowAnyException();
  }

  @Test
  void budgets_are_listed() {
    node(NOW).reconcile(key, "graphql", 5_000, 4_000, RESET);

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
    assertThat(item.path("resetsAt").asString()).isEqualTo(RESET.toString());
  }

  private Budgets node(Instant now) {
    return new Budgets(stored, new BudgetSettings(10), Clock.fixed(now, ZoneOffset.UTC));
  }
}
