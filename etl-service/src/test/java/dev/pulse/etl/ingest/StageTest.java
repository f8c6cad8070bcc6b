package dev.pulse.etl.ingest;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.etl.connectors.SourceFailure.CredentialsRejected;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class StageTest {

  @Test
  void work_added_after_a_hopeless_failure_is_dropped_and_the_failure_is_told() throws Exception {
    try (var stage = new Stage()) {
      stage.go(
          () -> {
            stage.go(
                () -> {
                  throw new CredentialsRejected("401", "New token.");
                });
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              stage.go(() -> {}); // as a plan does that was just about to add its next walk
              throw e;
            }
          });

      assertThatThrownBy(stage::join).isInstanceOf(CredentialsRejected.class);
    }
  }
}
