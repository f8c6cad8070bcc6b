package dev.pulse.etl.ingest;

import dev.pulse.etl.connectors.CheckResult;
import dev.pulse.etl.connectors.OwedStream;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.RecordStream;
import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.connectors.Source;
import dev.pulse.etl.connectors.UnreadableRecord;
import dev.pulse.etl.connectors.WalkedStream;
import dev.pulse.etl.connectors.records.WorkItem;
import dev.pulse.etl.connectors.records.WorkItemChange;
import dev.pulse.etl.platform.budget.BudgetKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * A source of two projects that holds what a test puts into it, and fails when the test says so.
 */
final class ScriptedSource implements Source {

  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final List<String> PROJECTS = List.of("alpha", "beta");

  final Map<String, List<Item>> items =
      Map.of("alpha", new CopyOnWriteArrayList<>(), "beta", new CopyOnWriteArrayList<>());
  final AtomicInteger reads = new AtomicInteger();

  /** Names that differ from the ids of the projects. */
  final Map<String, String> names = new ConcurrentHashMap<>();

  /** Streams that are read side by side with the items. */
  final List<RecordStream> others = new ArrayList<>();

  /** Before the list of the projects is read. */
  Runnable beforeProjects = () -> {};

  Consumer<WalkedStream.Request> beforeRead = request -> {};
  WalkedRead walked = (request, standard) -> standard;
  OwedRead owed = (batch, position, standard) -> standard;

  /** Says what a page of items is; {@code standard} is what the source would answer. */
  interface WalkedRead {
    Page page(WalkedStream.Request request, Page standard);
  }

  /** Says what a page of changes is; {@code standard} is what the source would answer. */
  interface OwedRead {
    Page page(List<OwedStream.Owed> batch, @Nullable Position position, Page standard);
  }

  /** A work item; a null title makes it unreadable. */
  record Item(String id, @Nullable String title, Instant updated, int changes) {}

  ScriptedSource with(String project, int count) {
    for (int i = 0; i < count; i++) {
      put(
          project,
          new Item("%s-%05d".formatted(project, i), "Title " + i, NOW.minusSeconds(9_000 - i), 2));
    }
    return this;
  }

  void put(String project, Item item) {
    var list = items.get(project);
    if (list == null) throw new IllegalArgumentException(project);
    list.removeIf(each -> each.id().equals(item.id()));
    list.add(item);
  }

  @Override
  public Set<BudgetKey> budgetKeys() {
    return Set.of(new BudgetKey("scripted"));
  }

  @Override
  public CheckResult check() {
    return new CheckResult("somebody", "Scripted", List.of());
  }

  @Override
  public List<ScopeElement> discover(String query, int limit) {
    return PROJECTS.stream().map(this::element).toList();
  }

  @Override
  public List<List<RecordStream>> stages() {
    var second = new ArrayList<RecordStream>(others);
    second.add(new Items());
    return List.of(List.of(new Projects()), second, List.of(new Changes()));
  }

  @Override
  public void close() {}

  private ScopeElement element(String project) {
    var name = names.getOrDefault(project, project);
    return new ScopeElement(project, "scripted.example", name, name, Map.of());
  }

  final class Projects implements WalkedStream {

    @Override
    public String name() {
      return "projects";
    }

    @Override
    public PageSize pageSize() {
      return PageSize.fixed(10);
    }

    @Override
    public boolean incremental() {
      return false;
    }

    @Override
    public Page read(Request request) {
      beforeProjects.run();
      var page = Page.servedAt(NOW);
      PROJECTS.forEach(project -> page.scope(element(project)));
      return page.last();
    }

    @Override
    public void map(JsonNode raw, Partition partition, Page.Builder page) {}
  }

  final class Items implements WalkedStream {

    @Override
    public String name() {
      return "items";
    }

    @Override
    public PageSize pageSize() {
      return new PageSize(1, 10, 40);
    }

    @Override
    public List<PlannedWalk> plan(Planning planning) {
      return planning.scope().stream()
          .map(element -> new PlannedWalk(Partition.of(element), null))
          .toList();
    }

    /** In the order of ids, which never change. */
    @Override
    public Page read(Request request) {
      beforeRead.accept(request);
      reads.incrementAndGet();
      var page = Page.servedAt(NOW);
      var after = request.position() == null ? "" : request.position().value();
      var floor = request.floor();
      var found = new ArrayList<Item>();
      for (var item : items.getOrDefault(request.partition().id(), List.of())) {
        if (item.id().compareTo(after) > 0 && (floor == null || !item.updated().isBefore(floor))) {
          found.add(item);
        }
      }
      found.sort(Comparator.comparing(Item::id));
      if (request.position() == null) page.total((long) found.size());
      var shown = found.subList(0, Math.min(found.size(), request.pageSize()));
      for (var item : shown) add(item, request.partition(), page);
      return walked.page(
          request,
          shown.size() < found.size()
              ? page.next(new Position(shown.getLast().id()))
              : page.last());
    }

    private void add(Item item, Partition project, Page.Builder page) {
      page.seen(item.updated());
      try {
        page.add(row(item, project.id()));
        page.readable(item.id());
        page.owe(
            new Page.OwedWork(
                "changes", WorkItem.class, item.id(), project, "" + item.changes(), true));
      } catch (UnreadableRecord e) {
        page.setAside(item.id(), e.getMessage(), StringNode.valueOf(item.id() + "\u0000"));
      }
    }

    /** What could not be read can be, from what was kept of it: its id. */
    @Override
    public void map(JsonNode raw, Partition partition, Page.Builder page) {
      add(
          new Item(raw.asString().replaceFirst(".$", ""), "mended", NOW.minusSeconds(9_999), 1),
          partition,
          page);
    }
  }

  final class Changes implements OwedStream {

    @Override
    public String name() {
      return "changes";
    }

    @Override
    public PageSize pageSize() {
      return new PageSize(1, 7, 7);
    }

    @Override
    public Page read(List<Owed> batch, @Nullable Position position) {
      var page = Page.servedAt(NOW);
      for (var each : batch) addChanges(each, page);
      return owed.page(batch, position, page.last());
    }

    @Override
    public void map(JsonNode raw, Partition partition, Page.Builder page) {}
  }

  static void addChanges(OwedStream.Owed parent, Page.Builder page) {
    page.complete(WorkItemChange.class, parent.parentId());
    for (int i = 0; i < Integer.parseInt(parent.detail()); i++) {
      page.add(change(parent.parentId(), i));
    }
  }

  static WorkItemChange change(String parent, int i) {
    return new WorkItemChange(
        parent + ":" + i, "issue", parent, "status", null, null, null, null, "Done", null, NOW);
  }

  static WorkItem row(Item item, String project) {
    if (item.title() == null) throw new UnreadableRecord("title: expected text, found nothing");
    return new WorkItem(
        "issue",
        item.id(),
        item.id(),
        project,
        null,
        null,
        item.title(),
        null,
        null,
        null,
        null,
        null,
        null,
        "[\"a\"]",
        3.5,
        item.updated(),
        item.updated(),
        null,
        "2026-02-01",
        null,
        "{\"x\":1}",
        null);
  }
}
