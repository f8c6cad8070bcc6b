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
