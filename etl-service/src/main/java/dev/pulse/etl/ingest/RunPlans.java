package dev.pulse.etl.ingest;

import dev.pulse.etl.connectors.RecordStream;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a run is going to read: without it nobody could tell whether what has been read is all.
 * Nothing is written for a run that is somebody else's.
 */
@Component
public class RunPlans {

  private final JdbcTemplate ingest;
  private final Fences fences;

  RunPlans(@Qualifier("ingest") JdbcTemplate ingest, Fences fences) {
    this.ingest = ingest;
    this.fences = fences;
  }

  /** Names all streams of a run, or again those of one that goes on. */
  @Transactional("ingestTransactions")
  public void begin(RunScope run, List<List<RecordStream>> stages) {
    for (int stage = 0; stage < stages.size(); stage++) begin(run, stage, stages.get(stage));
  }

  /** Names streams of a run, likewise; those of a later stage come after. */
  @Transactional("ingestTransactions")
  public void begin(RunScope run, int stage, List<? extends RecordStream> streams) {
    fences.take(run.fence());
    ingest.update(
        """
        insert into run_plan (run_id, stream, label, stage)
        select ?, p.stream, p.label, ?
        from unnest(?::text[], ?::text[]) as p(stream, label)
        on conflict (run_id, stream) do update set label = excluded.label, stage = excluded.stage
        """,
        run.fence().runId(),
        stage,
        streams.stream().map(RecordStream::name).toArray(String[]::new),
        streams.stream().map(RecordStream::label).toArray(String[]::new));
  }

  /** A stream has been planned: so many partitions of it are read, those that ended included. */
  @Transactional("ingestTransactions")
  public void planned(RunScope run, RecordStream stream, int partitions) {
    fences.take(run.fence());
    ingest.update(
        "update run_plan set partitions = ?, ended_at = null where run_id = ? and stream = ?",
        partitions,
        run.fence().runId(),
        stream.name());
  }

  /** Of these streams nothing more is read in this run. */
  @Transactional("ingestTransactions")
  public void ended(RunScope run, List<? extends RecordStream> streams) {
    fences.take(run.fence());
    ingest.update(
        """
        update run_plan
           set ended_at = clock_timestamp()
         where run_id = ? and stream = any (?) and ended_at is null
        """,
        run.fence().runId(),
        streams.stream().map(RecordStream::name).toArray(String[]::new));
  }
}
