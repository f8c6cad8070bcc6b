package dev.pulse.local.aha;

import dev.pulse.local.Exchange;
import dev.pulse.local.Exchange.Answer;
import dev.pulse.local.faults.Fault.Kind;
import dev.pulse.local.faults.Faults;
import dev.pulse.local.world.Plan;
import dev.pulse.local.world.Project;
import dev.pulse.local.world.Roadmap.Removal;
import dev.pulse.local.world.Shelf.Sort;
import dev.pulse.local.world.Shelf.View;
import dev.pulse.local.world.World;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The lists of an account, page by page. */
final class Lists {

  static final int LARGEST_PAGE = 200;
  private static final Set<String> SHORT =
      Set.of("id", "reference_num", "name", "created_at", "url", "resource", "product_id");

  private final World world;
  private final Faults faults;
  private volatile Sort sort = Sort.ID;

  Lists(World world, Faults faults) {
    this.world = world;
    this.faults = faults;
  }

  void sort(Sort sort) {
    this.sort = sort;
  }

  /** A page as it is asked for. */
  private record Asked(int page, int size) {

    static Asked of(Exchange exchange) {
      return new Asked(
          Math.max(1, exchange.query("page", 1)),
          Math.clamp(exchange.query("per_page", 30), 1, LARGEST_PAGE));
    }

    int from() {
      return (int) Math.min(Integer.MAX_VALUE / 2, (page - 1L) * size);
    }
  }

  Answer products(Exchange exchange) {
    var all = world.projects().stream().filter(each -> !world.visibility().hidden(each)).toList();
    var asked = Asked.of(exchange);
    return page(
        exchange, "products", cut(all, asked).stream().map(Bodies::product).toList(), all.size());
  }

  Answer users(Exchange exchange) {
    var asked = Asked.of(exchange);
    var all = world.people();
    return page(exchange, "users", cut(all, asked).stream().map(Bodies::user).toList(), all.size());
  }

  /**
   * Plans of the whole account, or of one product.
   *
   * @param list such as {@code features}
   * @param product id or prefix; null = the whole account
   */
  Answer plans(Exchange exchange, String operation, String list, @Nullable String product) {
    var kind = kind(list);
    // Releases have no list of the whole account.
    if (kind.isEmpty() || (product == null && kind.get() == Plan.Kind.RELEASE)) {
      return AhaApi.refuse(exchange, 404);
    }
    var projects =
        world.projects().stream()
            .filter(each -> !world.visibility().hidden(each))
            .filter(each -> product == null || called(each, product))
            .map(Project::index)
            .toList();
    if (product != null && projects.isEmpty()) return AhaApi.refuse(exchange, 403);
    var view = new View(projects, since(exchange, kind.get()), sort);
    var shelf = world.roadmap().shelf(kind.get());
    var asked = Asked.of(exchange);
    var fields = exchange.query("fields").map(text -> Set.copyOf(Arrays.asList(text.split(","))));
    var records = new ArrayList<ObjectNode>();
    for (int index : shelf.slice(view, asked.from(), asked.size())) {
      records.add(shown(world.roadmap().plan(kind.get(), index), fields.orElse(SHORT)));
    }
    spoil(exchange, operation, records);
    return page(exchange, list, records, shelf.size(view));
  }

  /** What was done to records: here, only that some were deleted. */
  Answer audits(Exchange exchange) {
    var action = exchange.query("audit_action").orElse("destroy");
    var since = exchange.query("created_since").map(Instant::parse).orElse(Instant.EPOCH);
    var removals = action.equals("destroy") ? world.roadmap().removals() : List.<Removal>of();
    var shown =
        IntStream.range(0, removals.size())
            .filter(i -> !removals.get(i).at().isBefore(since))
            .mapToObj(i -> Bodies.audit(i + 1, removals.get(i)))
            .toList();
    return page(exchange, "audits", cut(shown, Asked.of(exchange)), shown.size());
  }

  /** One plan, by id or reference. */
  Answer plan(Exchange exchange, String list, String name) {
    var kind = kind(list);
    var found = kind.flatMap(each -> find(each, name));
    return found
        .filter(plan -> !world.visibility().hidden(plan.project()))
        .map(plan -> exchange.answer(200, Map.of(one(list), Bodies.plan(plan))))
        .orElseGet(() -> AhaApi.refuse(exchange, 404));
  }

  private Optional<Plan> find(Plan.Kind kind, String name) {
    var shelf = world.roadmap().shelf(kind);
    if (!name.matches("\\d{19}") || shelf.count() == 0) return Optional.empty();
    long index = Long.parseLong(name) - world.roadmap().plan(kind, 0).id();
    if (index < 0 || index >= shelf.count() || shelf.deleted((int) index)) return Optional.empty();
    return Optional.of(world.roadmap().plan(kind, (int) index));
  }

  /** Goals know no filter by time. */
  private static @Nullable Instant since(Exchange exchange, Plan.Kind kind) {
    if (kind == Plan.Kind.GOAL) return null;
    try {
      return exchange.query("updated_since").map(Instant::parse).orElse(null);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private void spoil(Exchange exchange, String operation, List<ObjectNode> records) {
    if (records.isEmpty()) return;
    if (strikes(exchange, operation, Kind.DUPLICATES)) records.add(records.getFirst().deepCopy());
    if (strikes(exchange, operation, Kind.REORDERED)) Collections.reverse(records);
    if (strikes(exchange, operation, Kind.UNREADABLE)) records.getFirst().putArray("name").add(1);
  }

  private boolean strikes(Exchange exchange, String operation, Kind kind) {
    return faults.strike("aha", operation, exchange.uri().toString(), kind).isPresent();
  }

  private static ObjectNode shown(Plan plan, Set<String> fields) {
    var body = Bodies.plan(plan);
    return fields.contains("*") ? body : body.retain(fields);
  }

  private static <T> List<T> cut(List<T> all, Asked asked) {
    int from = Math.min(all.size(), asked.from());
    return all.subList(from, Math.min(all.size(), from + asked.size()));
  }

  private static Answer page(
      Exchange exchange, String list, List<ObjectNode> records, int totalRecords) {
    var asked = Asked.of(exchange);
    var pagination =
        Map.of(
            "total_records",
            totalRecords,
            "total_pages",
            Math.ceilDiv(totalRecords, asked.size()),
            "current_page",
            asked.page());
    return exchange.answer(200, Map.of(list, records, "pagination", pagination));
  }

  private static boolean called(Project project, String name) {
    return Long.toString(project.id()).equals(name) || Plan.prefix(project).equals(name);
  }

  private static Optional<Plan.Kind> kind(String list) {
    return Arrays.stream(Plan.Kind.values())
        .filter(each -> Bodies.list(each).equals(list))
        .findFirst();
  }

  private static String one(String list) {
    return list.substring(0, list.length() - 1);
  }
}
