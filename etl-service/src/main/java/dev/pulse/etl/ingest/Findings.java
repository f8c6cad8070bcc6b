package dev.pulse.etl.ingest;

import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a run finds out beside its pages. Each is written and told in one transaction, which first
 * takes the fence: a node that was frozen while it waited for an answer must neither change what is
 * known of the source nor speak in a run that is somebody else's.
 */
@Component
public class Findings {

  private final Fences fences;
  private final Coverage coverage;
  private final VanishedRows vanished;

  Findings(Fences fences, Coverage coverage, VanishedRows vanished) {
    this.fences = fences;
    this.coverage = coverage;
    this.vanished = vanished;
  }

  /**
   * A stream or partition may not be read.
   *
   * @throws FenceLost if the run belongs to somebody else now; nothing is written or told
   */
  @Transactional("ingestTransactions")
  public void unreadable(
      RunScope run, String stream, Partition partition, AccessDenied why, Sync.Listener listener) {
    fences.take(run.fence());
    coverage.unreadable(run, stream, partition, Sync.message(why));
    listener.unreadable(stream, partition, Sync.message(why), why.remedy());
  }

  /**
   * The same of what is read beside the ordinary reading, of which only the ordinary one is kept.
   *
   * @throws FenceLost if the run belongs to somebody else now; nothing is told
   */
  @Transactional("ingestTransactions")
  public void refused(
      RunScope run, String stream, Partition partition, AccessDenied why, Sync.Listener listener) {
    fences.take(run.fence());
    listener.unreadable(stream, partition, Sync.message(why), why.remedy());
  }

  /**
   * Some of so many records that vanished at once that they wait for an operator.
   *
   * @param ids by partition
   * @throws FenceLost if the run belongs to somebody else now; nothing is written
   */
  @Transactional("ingestTransactions")
  public void hold(RunScope run, String stream, Map<String, List<String>> ids) {
    fences.take(run.fence());
    vanished.hold(run, stream, ids);
  }

  /**
   * All of them are held.
   *
   * @throws FenceLost if the run belongs to somebody else now; nothing is told
   */
  @Transactional("ingestTransactions")
  public void held(RunScope run, String stream, long records, Sync.Listener listener) {
    fences.take(run.fence());
    listener.held(stream, records);
  }

  /**
   * What an operator had agreed to is done.
   *
   * @param ids by partition
   * @throws FenceLost if the run belongs to somebody else now; they stay agreed to
   */
  @Transactional("ingestTransactions")
  public void done(RunScope run, String stream, Map<String, List<String>> ids) {
    fences.take(run.fence());
    vanished.done(run.connectionId(), stream, ids);
  }
}
