package dev.pulse.etl.connectors.aha;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Rewind;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.SourceFailure.RequestRefused;
import dev.pulse.etl.connectors.UnreadableRecord;
import dev.pulse.etl.connectors.WalkedStream;
import dev.pulse.etl.connectors.records.Release;
import dev.pulse.etl.connectors.records.WorkItem;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What was deleted since the run before, by Aha!'s own word: its audits say which records were
 * destroyed, where a list just lacks them. An audit stays true of a record that was taken back out
 * of the recycle bin, so each is asked for by its id, and only one that is not shown is gone.
 *
 * @see <a href="https://www.aha.io/api/resources/audits">the audits</a>
 */
final class AhaDeletions implements WalkedStream {

  private static final String LIST = "audits";
  private static final String DESTROYED = "destroy";

  private final AhaClient client;
  private final AhaList list;
  private volatile Instant since = Instant.EPOCH;

  AhaDeletions(AhaClient client) {
    this.client = client;
    this.list = new AhaList(client, LIST);
  }

  @Override
  public String name() {
    return "deletions";
  }

  /** Each record of a page costs a request. */
  @Override
  public PageSize pageSize() {
    return new PageSize(15, 50, 50);
  }

  @Override
  public boolean incremental() {
    return false;
  }

  /** What the audits do not tell, the census finds. */
  @Override
  public boolean required() {
    return false;
  }

  /** What was deleted before the first run was never stored. */
  @Override
  public List<PlannedWalk> plan(Planning planning) {
    var before = planning.reached(Partition.WHOLE.id()).completedAt();
    since = (before == null ? planning.now() : before).minus(AhaRecords.OVERLAP);
    return List.of(new PlannedWalk(Partition.WHOLE, null));
  }

  @Override
  public Rewind rewind(Map<String, Reached> checkpoints, String partition, Instant to) {
    return new Rewind.Not("are asked for since the run before; the daily count finds all others");
  }

  @Override
  public Page read(Request request) throws InterruptedException {
    var read = audits(request);
    var page = Page.servedAt(read.servedAt());
    for (var raw : read.records()) {
      var kind = kind(raw);
      if (kind.isEmpty() || isShown(kind.get(), AhaJson.text(raw, "auditable_id"))) continue;
      page.map(this, raw, request.partition(), "audit " + raw.path("id").asString("without id"));
    }
    return read.next() == null ? page.last() : page.next(read.next());
  }

  /** An account that does not answer this question is one whose deletions are found otherwise. */
  private AhaList.Read audits(Request request) throws InterruptedException {
    try {
      var query = Map.of("audit_action", DESTROYED, "created_since", since.toString());
      return list.read(LIST, query, request.position(), request.pageSize());
    } catch (RequestRefused e) {
      throw new AccessDenied(
          String.valueOf(e.getMessage()), "Nothing to do: what is gone is found within a day.");
    }
  }

  private boolean isShown(AhaKind kind, @Nullable String id) throws InterruptedException {
    if (id == null) return false;
    var path = kind.list() + "/" + AhaClient.encode(id);
    return client.find(kind.word(), path, Map.of("fields", "id")).isPresent();
  }

  @Override
  public void map(JsonNode raw, Partition partition, Page.Builder page) {
    var kind = kind(raw).orElseThrow(() -> new UnreadableRecord("auditable_type: unknown"));
    if (!AhaJson.requireText(raw, "audit_action").equals(DESTROYED)) {
      throw new UnreadableRecord("audit_action: not the one that was asked for");
    }
    var id = AhaJson.requireText(raw, "auditable_id");
    page.deleted(kind == AhaKind.RELEASE ? Release.class : WorkItem.class, id);
  }

  /** Empty for what is not read, such as comments. */
  private static Optional<AhaKind> kind(JsonNode audit) {
    var type = AhaJson.text(audit, "auditable_type");
    return Arrays.stream(AhaKind.values())
        .filter(kind -> kind.word().equalsIgnoreCase(type))
        .findFirst();
  }
}
