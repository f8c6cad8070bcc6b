package dev.pulse.etl.ingest;

import dev.pulse.etl.connectors.ConnectionSettings.Scope;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.RecordStream;
import dev.pulse.etl.connectors.Source;
import dev.pulse.etl.connectors.UnreadableRecord;
import dev.pulse.etl.platform.json.SourceJson;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/** Reads a quarantined record again, from the JSON that was kept: the source is not asked. */
@Component
public class QuarantineRetry {

  private final PageStore pages;
  private final Clock clock;

  QuarantineRetry(PageStore pages, Clock clock) {
    this.pages = pages;
    this.clock = clock;
  }

  /**
   * Stores the record and takes it out of the quarantine, if it can be read now.
   *
   * @param also written in the transaction that stores it
   * @return why it still cannot be read; empty = it is stored
   */
  public Optional<String> retry(
      Quarantine.Kept kept, Source source, Scope scope, Consumer<JdbcClient> also) {
    var entry = kept.entry();
    var stream =
        source.stages().stream()
            .flatMap(List::stream)
            .filter(each -> each.name().equals(entry.stream()))
            .findFirst();
    if (stream.isEmpty()) {
      return Optional.of("its connector has no stream %s any more".formatted(entry.stream()));
    }
    try {
      var page = read(stream.get(), kept);
      if (!page.unreadable().isEmpty()) return Optional.of(page.unreadable().getFirst().reason());
      if (page.records().isEmpty() && page.scope().isEmpty()) {
        return Optional.of("there is no record in it");
      }
      var run = new RunScope(new Fence(0, 0), entry.connectionId(), scope, null);
      return pages.saveRetried(run, kept, page, also);
    } catch (UnreadableRecord e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (DataAccessException e) {
      var reason = Refusal.reason(e);
      if (reason.isEmpty()) throw e;
      return reason;
    } catch (JacksonException e) {
      return Optional.of("what was kept of it is no JSON");
    }
  }

  private Page read(RecordStream stream, Quarantine.Kept kept) {
    var page = Page.servedAt(clock.instant());
    stream.map(SourceJson.MAPPER.readTree(kept.raw()), kept.partition(), page);
    return page.last();
  }
}
