package dev.pulse.etl.platform.access;

import static dev.pulse.etl.platform.access.SignedRequestsTest.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.runs.Node;
import dev.pulse.local.postgres.LocalPostgres;
import dev.pulse.model.signing.SigningKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A key is exchanged while the gateway goes on asking. */
class KeyExchangeTest extends SignedNodesTest {

  @Test
  void keys_are_exchanged_without_refusing_anybody() throws Exception {
    var old = SigningKeys.fresh("gateway", "old");
    var young = SigningKeys.fresh("gateway", "young");
    var file = keyFile(old);
    var exchanged = new AtomicBoolean();
    var sender =
        new Gateway(() -> SigningKeys.of(List.of(exchanged.get() ? young : old)), admin.identity());
    try (var node =
        Node.start(
            LocalPostgres.shared().freshDatabase(),
            "exchange",
            "--pulse.internal.keys-file=" + file)) {
      var newcomer = new Gateway(() -> SigningKeys.of(List.of(young)), admin.identity());
      assertRefused(newcomer.get(node, "jobs"), "UNKNOWN_KEY");

      write(file, old + "\n" + young, 1);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> {
                assertThat(sender.get(node, "jobs").status()).isEqualTo(200);
                return newcomer.get(node, "jobs").status() == 200;
              });
      exchanged.set(true);
      write(file, young, 2);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> {
                assertThat(sender.get(node, "jobs").status()).isEqualTo(200);
                return new Gateway(() -> SigningKeys.of(List.of(old)), admin.identity())
                    .get(node, "jobs")
                    .code()
                    .equals("UNKNOWN_KEY");
              });
    }
  }

  private static void write(Path file, String lines, int version) throws IOException {
    Files.writeString(file, lines);
    Files.setLastModifiedTime(file, FileTime.fromMillis(version * 10_000L));
  }
}
