package dev.pulse.etl.platform.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.EtlTest;
import dev.pulse.etl.platform.secret.RotatingTokens.Renewal;
import dev.pulse.etl.platform.secret.RotatingTokens.Renewed;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A run that fails interrupts its readers wherever they are: also where they renew a token. */
@Timeout(30)
class RotatingTokensTest extends EtlTest {

  @Autowired RotatingTokens tokens;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;

  private final Secret entered = new Secret(UUID.randomUUID().toString());
  private final AtomicInteger renewals = new AtomicInteger();

  @Test
  void a_caller_that_is_interrupted_while_it_claims_the_renewal_holds_nobody_up() throws Exception {
    var refused = tokens.access(entered, null, this::renew);
    var caller = Thread.ofVirtual().unstarted(() -> ask(refused, this::renew));

    transaction.executeWithoutResult(
        _ -> {
          jdbc.sql("select 1 from rotating_token for update").query(Integer.class).list();
          caller.start();
          await().until(this::waitsForTheRow);
          caller.interrupt();
          await().until(() -> !caller.isAlive());
        });

    assertThat(tokens.access(entered, refused, this::renew).reveal()).isEqualTo("access-2");
  }

  @Test
  void what_the_source_answers_to_a_caller_that_was_interrupted_is_kept() throws Exception {
    var asked = new CountDownLatch(1);
    var answers = new CountDownLatch(1);
    Renewal slow =
        refresh -> {
          asked.countDown();
          answers.await();
          return renew(refresh);
        };
    var caller = Thread.ofVirtual().start(() -> ask(null, slow));
    asked.await();

    caller.interrupt();
    await().until(() -> !caller.isAlive());
    answers.countDown();

    Renewal again = _ -> fail("the source has ended this token");
    assertThat(tokens.access(entered, null, again).reveal()).isEqualTo("access-1");
  }

  @Test
  void a_renewal_that_fails_lets_the_next_one_try() throws Exception {
    assertThatThrownBy(
            () ->
                tokens.access(
                    entered,
                    null,
                    _ -> {
                      throw new StackOverflowError("as any error may");
                    }))
        .isInstanceOf(StackOverflowError.class);

    assertThat(tokens.access(entered, null, this::renew).reveal()).isEqualTo("access-1");
  }

  /** The deadline of requests is 5 s here. */
  @Test
  void a_node_that_died_while_it_renewed_is_told_of_within_the_deadline() throws Exception {
    var refused = tokens.access(entered, null, this::renew);
    jdbc.sql("update rotating_token set claimed_until = now() + interval '1 hour'").update();
    var begun = Instant.now();

    assertThatThrownBy(() -> tokens.access(entered, refused, this::renew))
        .isInstanceOf(RotatingTokens.BeingRenewed.class);

    assertThat(begun).isAfter(Instant.now().minus(Duration.ofSeconds(10)));
  }

  private void ask(@Nullable Secret refused, Renewal renewal) {
    try {
      tokens.access(entered, refused, renewal);
    } catch (InterruptedException | RuntimeException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Renewed renew(Secret refresh) {
    int number = renewals.incrementAndGet();
    return new Renewed(
        new Secret("access-" + number),
        new Secret("refresh-" + number),
        Instant.now().plus(Duration.ofHours(1)));
  }

  private boolean waitsForTheRow() {
    return jdbc.sql(
                "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query"
                    + " like '%claimed_until =%'")
            .query(Long.class)
            .single()
        == 1;
  }
}
