package dev.pulse.etl.platform.logs;

import dev.pulse.etl.platform.audit.Audit;
import dev.pulse.etl.platform.audit.Audit.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Deletes old log files of this node when an operator says so. */
@Component
class LogCleanup {

  private final LogFiles files;
  private final Audit audit;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final String node;

  LogCleanup(
      LogFiles files,
      Audit audit,
      TransactionTemplate transaction,
      Clock clock,
      @Value("${pulse.node}") String node) {
    this.files = files;
    this.audit = audit;
    this.transaction = transaction;
    this.clock = clock;
    this.node = node;
  }

  /** What was deleted, and how much room it took. */
  record Cleaned(List<String> deleted, long bytes) {}

  /**
   * Deletes files that were rolled over and whose last line is older. Written down first: nothing
   * goes without a word.
   */
  Cleaned olderThan(int days, @Nullable String reason) {
    var before = clock.instant().minus(Duration.ofDays(days));
    var old =
        files.all().stream()
            .filter(each -> !each.current() && each.changed().isBefore(before))
            .toList();
    var cleaned =
        new Cleaned(
            old.stream().map(LogFiles.Found::name).toList(),
            old.stream().mapToLong(LogFiles.Found::bytes).sum());
    transaction.executeWithoutResult(
        status ->
            audit.record(
                "logs.cleanup",
                new Target("node", node),
                reason,
                Map.of("olderThanDays", days, "files", cleaned.deleted(), "bytes", cleaned.bytes()),
                null));
    try {
      for (var each : old) Files.deleteIfExists(each.path());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return cleaned;
  }
}
