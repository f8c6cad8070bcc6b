package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.EtlTest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class ClaimsTest extends EtlTest {

  @Autowired Claims claims;
  @Autowired TransactionTemplate transaction;
  @Autowired JdbcClient jdbc;

  @Test
  void a_node_that_freezes_while_it_claims_does_not_hold_up_the_others() {
    assertThatThrownBy(
            () ->
                transaction.executeWithoutResult(
                    frozen -> {
                      claims.next("frozen");
                      assertThat(CompletableFuture.supplyAsync(() -> claims.next("other")))
                          .succeedsWithin(Duration.ofSeconds(15));
                    }))
        .as("what the frozen node claimed is void")
        .hasStackTraceContaining("terminating connection due to idle-in-transaction timeout");
  }

  @Test
  void two_runs_never_use_one_budget_at_the_same_time() {
    job(700_101, "RUNNING", "tenant", "another");
    job(700_102, "PENDING", "tenant");
    try {
      due(700_102);

      assertThat(claims.next("a").map(Claim::jobId)).isNotEqualTo(Optional.of(700_102L));
      assertThat(state(700_102)).isEqualTo("PENDING");

      jdbc.sql("update job set state = 'FINISHED' where id = 700101").update();
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> claims.next("a").isPresent() || !state(700_102).equals("PENDING"));
    } finally {
      jdbc.sql("delete from run where job_id in (700101, 700102)").update();
      jdbc.sql("delete from job where id in (700101, 700102)").update();
    }
  }

  @Test
  void a_run_that_its_node_ends_just_now_is_not_taken_over() {
    job(700_103, "PENDING", "ending");
    lost(700_103, "gone");
    try {
      var seen =
          transaction.execute(
              ending -> {
                jdbc.sql("update run set state = 'WAITING' where job_id = 700103").update();
                var claim = CompletableFuture.supplyAsync(() -> ours(700_103, "gone"));
                await().until(() -> waiting() > 0 || claim.isDone());
                return claim;
              });

      assertThat(seen).isNotNull();
      assertThat(seen.join()).isEmpty();
    } finally {
      forget(700_103);
    }
  }

  @Test
  void losses_in_a_row_are_counted_until_a_page_is_stored() {
    job(700_104, "RUNNING", "losses");
    long run = lost(700_104, "gone");
    try {
      assertThat(ours(700_104, "gone")).map(Claim::losses).hasValue(1);
      assertThat(ours(700_104, "gone")).map(Claim::losses).hasValue(2);
      assertThat(ours(700_104, "")).as("given up").map(Claim::losses).hasValue(2);
      jdbc.sql(
              "insert into run_stream (run_id, stream, partition, label, pages)"
                  + " values (?, 's', 'p', 'l', 1)")
          .param(run)
          .update();
      assertThat(ours(700_104, "gone")).map(Claim::losses).hasValue(1);
    } finally {
      forget(700_104);
    }
  }

  /** What this test claims, before anybody else does. */
  private Optional<Claim> ours(long job, String node) {
    var claim =
        transaction.execute(
            alone -> {
              jdbc.sql("select pg_advisory_xact_lock(?)")
                  .param(Orchestrator.LOCK)
                  .query((row, n) -> n)
                  .list();
              jdbc.sql(
                      "update run_lease set owner = ?, expires = '-infinity'"
                          + " where run_id = (select id from run where job_id = ?)")
                  .params(node, job)
                  .update();
              return claims.next("ours").filter(each -> each.jobId() == job);
            });
    return claim == null ? Optional.empty() : claim;
  }

  private long lost(long job, String node) {
    long run =
        jdbc.sql("insert into run (job_id, state) values (?, 'RUNNING') returning id")
            .param(job)
            .query(Long.class)
            .single();
    jdbc.sql(
            "insert into run_lease (run_id, owner, token, expires)"
                + " values (?, ?, 1, clock_timestamp() + interval '1 minute')")
        .params(run, node)
        .update();
    return run;
  }

  private long waiting() {
    return jdbc.sql("select count(*) from pg_stat_activity where wait_event = 'transactionid'")
        .query(Long.class)
        .single();
  }

  private void forget(long job) {
    jdbc.sql("delete from run_lease where run_id in (select id from run where job_id = ?)")
        .param(job)
        .update();
    jdbc.sql("delete from run where job_id = ?").param(job).update();
    jdbc.sql("delete from job where id = ?").param(job).update();
  }

  private void job(long id, String state, String... budgets) {
    jdbc.sql("insert into job (id, state, budget_keys) values (?, ?, ?)")
        .params(id, state, budgets)
        .update();
  }

  private void due(long id) {
    jdbc.sql("update job set next_due_at = clock_timestamp() where id = ?").param(id).update();
  }

  private String state(long id) {
    return jdbc.sql("select state from job where id = ?").param(id).query(String.class).single();
  }
}
