package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.OwedStream;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.RecordStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Pull requests, or issues, that the census lists and that are not stored: what is shown again
 * after it was hidden does not count as updated. Those that GitHub does not find are owed no
 * longer; the next census looks again.
 */
final class GitHubMissed implements OwedStream {

  static final String PULLS = "missed_pull_requests";
  static final String ISSUES = "missed_issues";

  private final String name;
  private final RecordStream as;
  private final ById byId;

  /** Asks for whole records by their ids. */
  private interface ById {
    GitHubClient.Reply ask(Map<String, Object> ids, int count) throws InterruptedException;
  }

  private GitHubMissed(String name, RecordStream as, ById byId) {
    this.name = name;
    this.as = as;
    this.byId = byId;
  }

  static GitHubMissed pulls(GitHubClient client, GitHubPulls pulls) {
    return new GitHubMissed(
        PULLS,
        pulls,
        (ids, count) -> client.query(GitHubQuery.MISSED_PULLS, ids, GitHubPulls.cost(count)));
  }

  static GitHubMissed issues(GitHubIssueQueries queries, GitHubIssues issues) {
    return new GitHubMissed(
        ISSUES, issues, (ids, count) -> queries.missed(ids, GitHubIssues.cost(count)));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String label() {
    return as.label() + " that were missed or hidden";
  }

  @Override
  public PageSize pageSize() {
    return as.pageSize();
  }

  @Override
  public boolean required() {
    return false;
  }

  @Override
  public Page read(List<Owed> batch, @Nullable Position position) throws InterruptedException {
    var ids = batch.stream().map(Owed::parentId).toList();
    var reply = byId.ask(Map.of("ids", ids), ids.size());
    var page = Page.servedAt(reply.servedAt());
    for (int i = 0; i < batch.size(); i++) {
      var id = ids.get(i);
      var node = reply.json().path("nodes").path(i);
      // not there any more, or transferred: then it is found under the id that it had
      if (!id.equals(GitHubJson.text(node, "id"))) continue;
      var parts = Withheld.below(List.of("nodes", String.valueOf(i)), reply.withheld());
      if (!parts.isEmpty()) Withheld.setAside(parts, id, batch.get(i).partition(), page);
      page.map(this, node, batch.get(i).partition(), id);
    }
    return page.last();
  }

  @Override
  public void map(JsonNode raw, Partition partition, Page.Builder page) {
    as.map(raw, partition, page);
  }
}
