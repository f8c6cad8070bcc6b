package dev.pulse.etl.runs;

import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.SourceFailure;
import dev.pulse.etl.ingest.OpenBackfills;
import dev.pulse.etl.ingest.Sync;
import dev.pulse.etl.runs.RunEvents.RunError;
import dev.pulse.model.FailureCategory;

/**
 * Makes events of what the operator should hear of a run, in the transaction of whoever found it
 * out.
 */
record Told(RunEvents events, long run) implements Sync.Listener {

  @Override
  public void unreadable(String stream, Partition partition, String reason, String remedy) {
    events.foundWrong(
        run,
        "UNREADABLE",
        "%s of %s cannot be read: %s. %s".formatted(stream, partition.label(), reason, remedy),
        new RunError(FailureCategory.CONFIGURATION, SourceFailure.ACCESS_DENIED, stream, remedy));
  }

  @Override
  public void failed(OpenBackfills.Open backfill, OpenBackfills.Failure why) {
    events.foundWrong(
        run,
        RunEvents.BACKFILL_FAILED,
        "Backfill %d has failed: %s. %s".formatted(backfill.id(), why.reason(), why.remedy()),
        new RunError(
            why.category(), RunEvents.BACKFILL_FAILED, backfill.wanted().stream(), why.remedy()));
  }

  @Override
  public void removed(Partition element, long rows) {
    events.found(
        run,
        "REMOVED",
        "%s has left the scope: its %d rows were removed".formatted(element.label(), rows));
  }

  @Override
  public void held(String stream, long records) {
    events.found(
        run,
        "HELD",
        "%d records that %s counts vanished at once; they stay until an operator approves"
            .formatted(records, stream));
  }
}
