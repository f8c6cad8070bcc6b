package dev.pulse.etl.connectors.toy;

import dev.pulse.etl.connectors.CheckResult;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.RecordStream;
import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.connectors.Source;
import dev.pulse.etl.connectors.UnreadableRecord;
import dev.pulse.etl.connectors.WalkedStream;
import dev.pulse.etl.connectors.records.LinkHint;
import dev.pulse.etl.connectors.records.Project;
import dev.pulse.etl.connectors.records.WorkItem;
import dev.pulse.etl.platform.budget.BudgetKey;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** One toy box, open for reading. */
final class ToySource implements Source {

  private final ToyClient client;
  private final BudgetKey budget;
  private final int mapping;

  ToySource(ToyClient client, BudgetKey budget, int mapping) {
    this.client = client;
    this.budget = budget;
    this.mapping = mapping;
  }

  @Override
  public Set<BudgetKey> budgetKeys() {
    return Set.of(budget);
  }

  @Override
  public CheckResult check() throws InterruptedException {
    client.list("boards", "/boards");
    return new CheckResult("whoever has the key", "Toy box", List.of());
  }

  @Override
  public List<ScopeElement> discover(String query, int limit) throws InterruptedException {
    return client.list("boards", "/boards").list().valueStream().map(this::element).toList();
  }

  @Override
  public List<List<RecordStream>> stages() {
    return List.of(List.of(new Boards()), List.of(new Cards()));
  }

  @Override
  public void close() {
    client.close();
  }

  private ScopeElement element(JsonNode board) {
    var name = text(board, "name");
    return new ScopeElement(text(board, "id"), client.instance(), name, name, Map.of());
  }

  private static String text(JsonNode object, String field) {
    if (object.path(field).isString()) return object.path(field).asString();
    throw new UnreadableRecord(field + ": expected text");
  }

  private static Instant time(JsonNode object, String field) {
    try {
      return Instant.parse(text(object, field));
    } catch (DateTimeParseException e) {
      var failure = new UnreadableRecord(field + ": expected a time");
      failure.initCause(e);
      throw failure;
    }
  }

  /** The boards, which are the units of scope: read whole in every run. */
  private final class Boards implements WalkedStream {

    @Override
    public String name() {
      return "boards";
    }

    @Override
    public PageSize pageSize() {
      return PageSize.fixed(100);
    }

    @Override
    public boolean incremental() {
      return false;
    }

    @Override
    public Page read(Request request) throws InterruptedException {
      var reply = client.list("boards", "/boards");
      var page = Page.servedAt(reply.servedAt());
      for (var raw : reply.list()) page.map(this, raw, request.partition(), raw.toString());
      return page.last();
    }

    @Override
    public void map(JsonNode raw, Partition partition, Page.Builder page) {
      var board = element(raw);
      page.scope(board);
      page.add(
          new Project(
              board.externalId(), board.name(), board.label(), null, null, false, null, null));
    }
  }

  /** The cards of each board in the order of their ids, which never change. */
  private final class Cards implements WalkedStream {

    @Override
    public String name() {
      return "cards";
    }

    @Override
    public int mapping() {
      return mapping;
    }

    @Override
    public PageSize pageSize() {
      return new PageSize(1, 10, 10);
    }

    @Override
    public List<PlannedWalk> plan(Planning planning) {
      return planning.scope().stream()
          .map(board -> new PlannedWalk(Partition.of(board), null))
          .toList();
    }

    @Override
    public Page read(Request request) throws InterruptedException {
      var path =
          "/boards/%s/cards?limit=%d&after=%s&since=%s"
              .formatted(
                  request.partition().id(),
                  request.pageSize(),
                  request.position() == null ? "" : request.position().value(),
                  request.floor() == null ? "" : request.floor());
      var reply = client.list("cards", path);
      var page = Page.servedAt(reply.servedAt());
      for (var raw : reply.list()) {
        page.map(this, raw, request.partition(), raw.path("id").asString("without id"));
      }
      if (reply.list().size() < request.pageSize()) return page.last();
      var last = reply.list().get(reply.list().size() - 1);
      return page.next(new Position(last.path("id").asString()));
    }

    @Override
    public void map(JsonNode raw, Partition board, Page.Builder page) {
      var id = text(raw, "id");
      var updated = time(raw, "updated");
      page.seen(updated);
      page.add(
          new WorkItem(
              "issue",
              id,
              id,
              board.id(),
              null,
              null,
              text(raw, "title"),
              mapping < 2 ? null : text(raw, "see"),
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              updated,
              updated,
              null,
              null,
              null,
              null,
              null));
      if (raw.path("see").isString()) {
        var see = text(raw, "see");
        page.add(new LinkHint(id + ":see", "work_item", id, "see", null, null, see, null, updated));
      }
      page.complete(LinkHint.class, WorkItem.class, id);
    }
  }
}
