package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.etl.EtlTest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

class ClaimsTest extends EtlTest {

  @Autowired Claims claims;
  @Autowired TransactionTemplate transaction;

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
}
