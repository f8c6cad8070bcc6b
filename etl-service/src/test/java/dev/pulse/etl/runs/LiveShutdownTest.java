package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.platform.live.Broadcast;
import dev.pulse.etl.platform.live.LiveEvent;
import dev.pulse.local.postgres.LocalPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A node that shuts down lets requests end; streams of events would never. */
class LiveShutdownTest {

  @Test
  void streams_end_at_once_also_of_those_who_do_not_read() throws Exception {
    var node =
        Node.start(
            LocalPostgres.shared().freshDatabase(),
            "shutdown",
            "--spring.lifecycle.timeout-per-shutdown-phase=5m");
    try (var heard = Listener.to(node, "");
        var _ = Listener.deaf(node)) {
      heard.await("snapshot", any -> true);
      var broadcast = node.bean(Broadcast.class);
      await().until(() -> broadcast.size() == 2 && !broadcast.hasNewcomers());
      var large = LiveEvent.of("test", Set.of(), "\"%s\"".formatted("x".repeat(100_000)));
      for (int i = 0; i < 200; i++) {
        broadcast.publish(large);
        int all = i + 1;
        await().pollInterval(Duration.ofMillis(1)).until(() -> heard.events("test").size() == all);
      }
      assertThat(broadcast.size()).as("one of them does not read").isEqualTo(2);

      var begun = Instant.now();
      node.close();

      assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofMinutes(1));
      await().until(heard::ended);
    }
  }
}
