package dev.pulse.etl.ingest;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Keeps out whoever lost a run; see docs/adr/0005. */
@Component
class Fences {

  private final JdbcTemplate ingest;

  Fences(@Qualifier("ingest") JdbcTemplate ingest) {
    this.ingest = ingest;
  }

  /**
   * To be called first in each transaction that writes for a run. The lease row is locked in a mode
   * that lets other pages and the heartbeat pass and makes a take-over wait for this one.
   *
   * @throws FenceLost if the run is somebody else's now
   */
  void take(Fence fence) {
    boolean held =
        !ingest
            .queryForList(
                """
                select 1
                from run_lease
                where run_id = ? and token = ? and expires > clock_timestamp()
                for key share
                """,
                Integer.class,
                fence.runId(),
                fence.token())
            .isEmpty();
    if (!held) throw new FenceLost("the lease of run " + fence.runId() + " is somebody else's");
  }
}
