package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.OwedStream;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Page.OwedWork;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.SourceFailure.PositionExpired;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.records.Deployment;
import dev.pulse.etl.platform.json.SourceJson;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** All statuses of deployments that have more than a page of deployments embeds. */
final class GitHubDeploymentStatuses implements OwedStream {

  static final String NAME = "deployment_statuses";
  private static final int AT_ONCE = 100;

  private final GitHubClient client;

  GitHubDeploymentStatuses(GitHubClient client) {
    this.client = client;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public PageSize pageSize() {
    return PageSize.fixed(1);
  }

  @Override
  public boolean required() {
    return false;
  }

  @Override
  public Page read(List<Owed> batch, @Nullable Position position) throws InterruptedException {
    var owed = batch.getFirst();
    var variables = new HashMap<String, Object>();
    variables.put("id", owed.parentId());
    variables.put("first", AT_ONCE);
    if (position != null) variables.put("after", position.value());
    try {
      var reply = client.query(GitHubQuery.DEPLOYMENT_STATUSES, variables, 1);
      var list = GitHubList.of(reply, "node", "statuses");
      var page = Page.servedAt(reply.servedAt());
      GitHubDeploymentMapper.statuses(list.json(), owed.parentId(), page);
      return list.end(page);
    } catch (AccessDenied e) {
      // hidden by now: it must not hold up the others, nor be forgotten, so it is owed anew
      return Page.servedAt(Instant.EPOCH)
          .setAside(owed.parentId(), e.getMessage(), SourceJson.MAPPER.createObjectNode())
          .owe(
              new OwedWork(
                  NAME, Deployment.class, owed.parentId(), owed.partition(), owed.detail(), false))
          .last();
    } catch (PositionExpired e) {
      throw new SourceUnavailable("a list was rewritten while it was read", e);
    }
  }

  @Override
  public void map(JsonNode raw, Partition repository, Page.Builder page) {
    GitHubDeploymentMapper.map(raw, repository, page);
  }
}
