package dev.pulse.etl.connectors.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.EtlTest;
import dev.pulse.etl.connectors.ConnectionSettings;
import dev.pulse.etl.connectors.ConnectorRegistry;
import dev.pulse.etl.connectors.OwedStream;
import dev.pulse.etl.connectors.OwedStream.Owed;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.RecordStream;
import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.connectors.WalkedStream;
import dev.pulse.etl.connectors.WalkedStream.Planning;
import dev.pulse.etl.connectors.records.Comment;
import dev.pulse.etl.connectors.records.SourceRecord;
import dev.pulse.etl.connectors.records.WorkItem;
import dev.pulse.etl.connectors.records.WorkItemChange;
import dev.pulse.etl.platform.http.Network;
import dev.pulse.etl.platform.secret.Secret;
import dev.pulse.local.Simulator;
import dev.pulse.local.world.World;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A whole site read page by page, without the engine: what it holds, and what that costs. */
class JiraReadingTest extends EtlTest {

  private static final int ISSUES = 1_000;

  @Autowired ConnectorRegistry connectors;

  private final List<Page> pages = new ArrayList<>();

  @Test
  void every_issue_change_and_comment_is_read_at_the_documented_cost() throws Exception {
    try (var simulator = Simulator.start(new World(11, ISSUES, Clock.systemUTC()), 0)) {
      readWhole(simulator);

      assertEqualTo(simulator.world());
      assertThat(pages).allSatisfy(page -> assertThat(page.unreadable()).isEmpty());
      var counts = simulator.requests().counts();
      int projects = simulator.world().projects().size();
      assertThat(counts.get("jira search/jql"))
          .as(counts.toString())
          .isLessThanOrEqualTo(ISSUES / 100 + projects + 5L);
      long histories = counts.getOrDefault("jira changelog/bulkfetch", 0L);
      assertThat(histories)
          .as("the changelog and the sprints, five hundred issues a request: " + counts)
          .isBetween(
              2 * ISSUES / 1_000L,
              2 * (ISSUES / 500 + 1) + records(WorkItemChange.class).size() / 2_000L);
      assertThat(counts.entrySet())
          .filteredOn(each -> each.getKey().contains("changelog"))
          .filteredOn(each -> !each.getKey().endsWith("bulkfetch"))
          .as("one by one, until ten in a row have none: " + counts)
          .allSatisfy(each -> assertThat(each.getValue()).isLessThanOrEqualTo(20));
    }
  }

  private void readWhole(Simulator simulator) throws InterruptedException {
    var settings =
        new ConnectionSettings(
            Map.of("baseUrl", simulator.url("jira").toString(), "email", "demo@acme.example"),
            Map.of("token", new Secret(Simulator.TOKEN)),
            ConnectionSettings.Scope.ALL,
            Network.DIRECT,
            null);
    try (var source = connectors.find("jira").orElseThrow().open(settings)) {
      for (var stage : source.stages()) {
        for (var stream : stage) read(stream);
      }
    }
  }

  private void read(RecordStream stream) throws InterruptedException {
    switch (stream) {
      case WalkedStream walked -> walk(walked);
      case OwedStream owed -> pay(owed);
    }
  }

  private void walk(WalkedStream stream) throws InterruptedException {
    var scope = new HashMap<String, ScopeElement>();
    pages.forEach(page -> page.scope().forEach(each -> scope.put(each.externalId(), each)));
    var planning = new Planning(List.copyOf(scope.values()), Map.of(), Instant.now());
    for (var planned : stream.plan(planning)) {
      Position at = null;
      do {
        var size = stream.pageSize().initial();
        var page = stream.read(new WalkedStream.Request(planned.partition(), null, at, size));
        pages.add(page);
        at = page.next();
      } while (at != null);
    }
  }

  private void pay(OwedStream stream) throws InterruptedException {
    var debts = new HashMap<String, Owed>();
    for (var page : pages) {
      for (var each : page.owed()) {
        if (!each.stream().equals(stream.name())) continue;
        debts.put(each.parentId(), new Owed(each.parentId(), each.partition(), each.detail()));
      }
    }
    var all = List.copyOf(debts.values());
    int size = stream.pageSize().initial();
    for (int from = 0; from < all.size(); from += size) {
      var batch = all.subList(from, Math.min(all.size(), from + size));
      Position at = null;
      do {
        var page = stream.read(batch, at);
        pages.add(page);
        at = page.next();
      } while (at != null);
    }
  }

  private void assertEqualTo(World world) {
    var issues = new ArrayList<String>();
    var changes = new ArrayList<String>();
    var comments = new ArrayList<String>();
    for (int i = 0; i < world.issueCount(); i++) {
      if (world.deleted(i)) continue;
      var issue = world.issue(i);
      issues.add(issue.id() + issue.key() + issue.updated());
      for (var change : issue.changes()) {
        for (int n = 0; n < change.items().size(); n++) changes.add(change.id() + ":" + n);
      }
      issue.comments().forEach(each -> comments.add(Long.toString(each.id())));
    }
    assertThat(ids(WorkItem.class)).hasSize(issues.size());
    assertThat(
            records(WorkItem.class).stream()
                .map(each -> each.externalId() + each.key() + each.sourceUpdatedAt())
                .collect(Collectors.toUnmodifiableSet()))
        .containsExactlyInAnyOrderElementsOf(issues);
    assertThat(ids(WorkItemChange.class)).containsExactlyInAnyOrderElementsOf(changes);
    assertThat(ids(Comment.class)).containsExactlyInAnyOrderElementsOf(comments);
  }

  private Set<String> ids(Class<? extends SourceRecord> type) {
    return records(type).stream()
        .map(SourceRecord::externalId)
        .collect(Collectors.toUnmodifiableSet());
  }

  private <T extends SourceRecord> List<T> records(Class<T> type) {
    return pages.stream()
        .flatMap(page -> page.records().stream())
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }
}
