package dev.pulse.etl.ingest;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Page.OwedWork;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.Rewind;
import dev.pulse.etl.connectors.WalkedStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A stream as a backfill reads it: under a name of its own, and so from checkpoints of its own, and
 * with all children, whether or not their parent has changed.
 */
final class Backfilled implements WalkedStream {

  private static final String AT = "@";

  private final OpenBackfills.Open backfill;
  private final WalkedStream stream;
  private final Runnable check;

  /**
   * Made for one run.
   *
   * @param check is called before each page, and throws if it is not to be read
   */
  Backfilled(OpenBackfills.Open backfill, WalkedStream stream, Runnable check) {
    this.backfill = backfill;
    this.stream = stream;
    this.check = check;
  }

  /** As the ordinary reading reads it. */
  WalkedStream stream() {
    return stream;
  }

  /** The stream's own name, whoever reads it. */
  static String plain(String name) {
    int at = name.lastIndexOf(AT);
    return at < 0 ? name : name.substring(0, at);
  }

  @Override
  public String name() {
    return stream.name() + AT + backfill.id();
  }

  @Override
  public String label() {
    return backfill.wanted().label(stream.label());
  }

  @Override
  public PageSize pageSize() {
    return stream.pageSize();
  }

  @Override
  public Duration overlap() {
    return stream.overlap();
  }

  @Override
  public boolean incremental() {
    return stream.incremental();
  }

  @Override
  public boolean required() {
    return stream.required();
  }

  @Override
  public int mapping() {
    return stream.mapping();
  }

  /** As after a rewind, without what this backfill has read to its end. */
  @Override
  public List<PlannedWalk> plan(Planning planning) throws InterruptedException {
    var reached = new HashMap<String, Reached>();
    var begin = new Reached(backfill.wanted().from(), null, null, false);
    reached.put(Partition.WHOLE.id(), begin);
    for (var each : planning.scope()) reached.put(each.externalId(), begin);
    reached.putAll(planning.checkpoints());
    var left =
        planning.scope().stream()
            .filter(each -> isWanted(each.externalId()) && !ended(planning, each.externalId()))
            .toList();
    return stream.plan(new Planning(left, reached, planning.now())).stream()
        .filter(walk -> isWanted(walk.partition().id()) && !ended(planning, walk.partition().id()))
        .filter(walk -> canBeRead(walk.partition().id()))
        .toList();
  }

  private static boolean ended(Planning planning, String partition) {
    var reached = planning.reached(partition);
    return !reached.open() && reached.completedAt() != null;
  }

  private boolean isWanted(String partition) {
    var wanted = backfill.wanted().partition();
    return wanted == null || wanted.equals(partition);
  }

  /** Whether a time means anything to it there. */
  boolean canBeRead(String partition) {
    return stream.rewind(Map.of(), partition, backfill.wanted().from()) instanceof Rewind.To;
  }

  @Override
  public Page read(Request request) throws InterruptedException {
    check.run();
    var page = stream.read(request);
    var owed =
        page.owed().stream()
            .map(
                each ->
                    new OwedWork(
                        each.stream(),
                        each.of(),
                        each.parentId(),
                        each.partition(),
                        each.detail(),
                        false))
            .toList();
    return with(page, owed, isBeyond(page) ? null : page.next());
  }

  private static Page with(Page page, List<OwedWork> owed, @Nullable Position next) {
    return new Page(
        page.records(),
        page.scope(),
        page.left(),
        owed,
        page.childLists(),
        page.deleted(),
        page.unreadable(),
        page.readable(),
        page.settled(),
        page.present(),
        next,
        page.newest(),
        page.servedAt(),
        page.total(),
        page.mark(),
        page.read(),
        page.course());
  }

  /** Whether all that follows was changed after what is wanted. */
  private boolean isBeyond(Page page) {
    var to = backfill.wanted().to();
    var newest = page.newest();
    return to != null && newest != null && stream.ascending() && newest.isAfter(to);
  }

  @Override
  public void map(JsonNode raw, Partition partition, Page.Builder page) {
    stream.map(raw, partition, page);
  }
}
