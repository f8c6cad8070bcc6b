package dev.pulse.etl.runs;

import dev.pulse.etl.connectors.RecordStream;
import dev.pulse.etl.connectors.Source;
import dev.pulse.etl.ingest.Backfills;
import dev.pulse.etl.ingest.Mappings;
import dev.pulse.etl.ingest.Mappings.Raised;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Lets rows be made anew whose mapping was raised by a new version of the service. */
@Service
class Remapping {

  private final Leases leases;
  private final Mappings mappings;
  private final Backfills backfills;
  private final RunEvents events;

  Remapping(Leases leases, Mappings mappings, Backfills backfills, RunEvents events) {
    this.leases = leases;
    this.mappings = mappings;
    this.backfills = backfills;
    this.events = events;
  }

  /**
   * Queues a backfill of each stream whose mapping was raised since the run before; that run reads
   * for it which queues it, if it has the time. The number, the backfill and the event are written
   * together, so whatever is killed, it is queued once.
   *
   * @param startFrom of the connection; null = all history
   */
  @Transactional
  public void queue(Claim claim, Source source, @Nullable Instant startFrom) {
    if (!leases.holds(claim.fence())) return;
    var from = startFrom == null ? Instant.EPOCH : startFrom;
    var streams = source.stages().stream().flatMap(List::stream).toList();
    var raised = mappings.note(claim.jobId(), streams, from);
    if (raised.isEmpty()) return;
    if (raised.stream().allMatch(Raised::walked)) {
      for (var each : raised) queue(claim, each.stream().name(), from, List.of(each));
    } else {
      queue(claim, null, from, raised); // children are read with their parents, whichever these are
    }
  }

  private void queue(Claim claim, @Nullable String stream, Instant from, List<Raised> raised) {
    var why =
        raised.stream()
            .map(Remapping::inWords)
            .collect(Collectors.joining("; ", "", ": what is stored is read again"));
    backfills.queue(claim.jobId(), new Backfills.Wanted(stream, null, from, null), why);
    events.append(claim.runId(), "REMAPPED", why);
  }

  private static String inWords(Raised raised) {
    RecordStream stream = raised.stream();
    return "The mapping of %s was raised from %d to %d"
        .formatted(stream.label(), raised.from(), stream.mapping());
  }
}
