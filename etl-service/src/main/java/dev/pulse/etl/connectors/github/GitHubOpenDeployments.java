package dev.pulse.etl.connectors.github;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pulse.etl.connectors.OwedStream;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Page.OwedWork;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.records.Deployment;
import dev.pulse.etl.platform.json.SourceJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Deployments that were still on their way when they were last read: each is owed from then on, and
 * read in every sync, a hundred a request, until it has ended. One that is not found stays owed as
 * long as it could be on its way.
 */
final class GitHubOpenDeployments implements OwedStream {

  static final String NAME = "open_deployments";

  private final GitHubClient client;

  GitHubOpenDeployments(GitHubClient client) {
    this.client = client;
  }

  /** What GraphQL does not tell of a deployment when it is read again. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Known(Instant created, @Nullable Boolean production, @Nullable String ref) {

    static Known of(JsonNode deployment) {
      var production = deployment.path(GitHubDeploymentFlags.PRODUCTION);
      return new Known(
          GitHubDeploymentMapper.began(deployment),
          production.isBoolean() ? production.booleanValue() : null,
          GitHubJson.text(deployment, GitHubDeploymentFlags.REF));
    }

    static Known of(Owed owed) {
      return SourceJson.MAPPER.readValue(owed.detail(), Known.class);
    }

    void addTo(ObjectNode deployment) {
      if (production != null) deployment.put(GitHubDeploymentFlags.PRODUCTION, production);
      if (ref != null) deployment.put(GitHubDeploymentFlags.REF, ref);
    }
  }

  /** Owes a deployment if it has not ended. */
  static void owe(JsonNode deployment, Partition repository, Instant now, Page.Builder page) {
    var id = GitHubJson.text(deployment, "id");
    if (id != null && GitHubDeploymentMapper.isOpen(deployment, now)) {
      owe(id, repository, Known.of(deployment), page);
    }
  }

  private static void owe(String id, Partition repository, Known known, Page.Builder page) {
    var detail = SourceJson.MAPPER.writeValueAsString(known);
    page.owe(new OwedWork(NAME, Deployment.class, id, repository, detail, false));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public PageSize pageSize() {
    return new PageSize(1, 100, 100);
  }

  @Override
  public boolean required() {
    return false;
  }

  @Override
  public Page read(List<Owed> batch, @Nullable Position position) throws InterruptedException {
    var ids = batch.stream().map(Owed::parentId).toList();
    var reply = client.query(GitHubQuery.DEPLOYMENTS_BY_ID, Map.of("ids", ids), 1);
    var nodes = reply.json().path("nodes");
    if (nodes.size() != batch.size()) {
      throw new SourceUnavailable("GitHub answered another number of deployments", null);
    }
    var page = Page.servedAt(reply.servedAt());
    for (int i = 0; i < batch.size(); i++) {
      var owed = batch.get(i);
      var known = Known.of(owed);
      if (nodes.path(i) instanceof ObjectNode deployment && deployment.has("id")) {
        known.addTo(deployment);
        page.map(this, deployment, owed.partition(), owed.parentId());
        owe(deployment, owed.partition(), reply.servedAt(), page);
      } else if (!GitHubDeploymentMapper.isForgotten(known.created, reply.servedAt())) {
        owe(owed.parentId(), owed.partition(), known, page);
      }
    }
    return page.last();
  }

  @Override
  public void map(JsonNode raw, Partition repository, Page.Builder page) {
    GitHubDeploymentMapper.map(raw, repository, page);
  }
}
