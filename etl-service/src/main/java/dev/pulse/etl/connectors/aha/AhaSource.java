package dev.pulse.etl.connectors.aha;

import dev.pulse.etl.connectors.CheckResult;
import dev.pulse.etl.connectors.CheckResult.MissingRight;
import dev.pulse.etl.connectors.ConnectionSettings.Scope;
import dev.pulse.etl.connectors.Expected;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.RecordStream;
import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.connectors.Source;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.UnreadableRecord;
import dev.pulse.etl.platform.budget.BudgetKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** One Aha! account, open for reading. */
final class AhaSource implements Source {

  private static final Logger log = LoggerFactory.getLogger(AhaSource.class);
  private static final Map<String, Object> ONE = Map.of("per_page", 1);

  private final AhaClient client;
  private final @Nullable Instant startFrom;

  /**
   * An account.
   *
   * @param startFrom what was last changed before is left out; null = all history
   */
  AhaSource(AhaClient client, @Nullable Instant startFrom) {
    this.client = client;
    this.startFrom = startFrom;
  }

  @Override
  public Set<BudgetKey> budgetKeys() {
    return Set.of(client.budgetKey());
  }

  @Override
  public CheckResult check() throws InterruptedException {
    var account = AhaJson.text(client.me(), "name");
    var missing = new ArrayList<MissingRight>();
    if (client.get("products", "products", ONE).count("total_records") == 0) {
      missing.add(
          new MissingRight(
              "Reviewer or Viewer of a workspace",
              "No workspace is visible, so nothing is read",
              "Give the user of the API key a role in the workspaces to be read.",
              true));
    }
    try {
      client.get("users", "users", ONE);
    } catch (AccessDenied e) {
      missing.add(
          new MissingRight(
              "List of the account's users",
              "People are known only by what they did",
              "Use the API key of a user who may list the account's users.",
              false));
    }
    return new CheckResult(account, "Aha!", missing);
  }

  /** Aha! cannot search workspaces by name, so all are read. */
  @Override
  public List<ScopeElement> discover(String query, int limit) throws InterruptedException {
    var wanted = query.strip().toLowerCase(Locale.ROOT);
    var list = new AhaList(client, "products");
    var found = new ArrayList<ScopeElement>();
    Position position = null;
    do {
      var read = list.read("products", Map.of(), position, AhaRecords.PAGE_SIZE.initial());
      for (var raw : read.records()) {
        readable(raw)
            .filter(each -> fits(each, wanted))
            .filter(each -> !found.contains(each))
            .ifPresent(found::add);
      }
      position = read.next();
    } while (position != null && found.size() < limit);
    return List.copyOf(found.subList(0, Math.min(limit, found.size())));
  }

  private static boolean fits(ScopeElement element, String wanted) {
    return (element.name() + " " + element.label()).toLowerCase(Locale.ROOT).contains(wanted);
  }

  /** What cannot be read cannot be chosen; reading the list sets it aside with its reason. */
  private Optional<ScopeElement> readable(JsonNode product) {
    try {
      return Optional.of(AhaCatalogue.element(product, client.instance()));
    } catch (UnreadableRecord e) {
      log.info("A workspace cannot be offered: {}", e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public List<List<RecordStream>> stages() {
    var visible = new AhaVisible();
    var goals = new AhaGoals(client);
    return List.of(
        List.of(AhaCatalogue.products(client, visible), AhaCatalogue.users(client)),
        List.of(
            goals,
            records(AhaKind.INITIATIVE, visible),
            new AhaReleases(client, visible),
            records(AhaKind.EPIC, visible),
            records(AhaKind.FEATURE, visible),
            records(AhaKind.IDEA, visible)),
        List.of(new AhaDeletions(client)),
        AhaKind.ITEMS.stream()
            .<RecordStream>map(kind -> new AhaCensus(client, kind, visible, goals))
            .toList());
  }

  private AhaRecords records(AhaKind kind, AhaVisible visible) {
    return new AhaRecords(client, kind, visible, startFrom);
  }

  @Override
  public List<Expected> estimate(Scope scope, @Nullable Instant startFrom)
      throws InterruptedException {
    var products = discover("", Integer.MAX_VALUE).stream().filter(scope::contains).toList();
    return new AhaEstimate(client).of(products, scope.equals(Scope.ALL), startFrom);
  }

  @Override
  public void close() {
    client.close();
  }
}
