package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.OwedStream;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Page.OwedWork;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.records.Build;
import dev.pulse.etl.platform.json.SourceJson;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Runs that were not finished when they were last read: each is owed from then on, and read by its
 * id in every sync until it is finished. A repository in which one has finished is walked, since
 * other workflows may have begun after it.
 */
final class GitHubOpenRuns implements OwedStream {

  static final String NAME = "open_workflow_runs";

  private final GitHubClient client;
  private final GitHubLookBack lookBack;
  private final GitHubHiddenRuns hidden;

  GitHubOpenRuns(GitHubClient client, GitHubLookBack lookBack, GitHubHiddenRuns hidden) {
    this.client = client;
    this.lookBack = lookBack;
    this.hidden = hidden;
  }

  /** Owes a run if it is not finished. */
  static void owe(JsonNode run, Partition repository, Instant now, Page.Builder page) {
    var id = GitHubJson.text(run, "id");
    if (id != null && GitHubBuildMapper.isOpen(run, now)) page.owe(debt(id, repository));
  }

  private static OwedWork debt(String run, Partition repository) {
    return new OwedWork(NAME, Build.class, run, repository, "", false);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public PageSize pageSize() {
    return new PageSize(1, 10, 20);
  }

  @Override
  public boolean required() {
    return false;
  }

  @Override
  public Page read(List<Owed> batch, @Nullable Position position) throws InterruptedException {
    var page = Page.servedAt(Instant.EPOCH);
    for (var owed : batch) {
      if (hidden.known(owed.partition())) page.owe(debt(owed.parentId(), owed.partition()));
      else read(owed, page);
    }
    return page.last();
  }

  private void read(Owed owed, Page.Builder page) throws InterruptedException {
    var repository = owed.partition();
    try {
      var reply =
          client.get(
              NAME, "repos/%s/actions/runs/%s".formatted(repository.label(), owed.parentId()));
      page.map(this, reply.json(), repository, owed.parentId());
      boolean open = GitHubBuildMapper.isOpen(reply.json(), reply.servedAt());
      if (open) page.owe(debt(owed.parentId(), repository));
      else lookBack.wake(repository);
    } catch (AccessDenied e) {
      if (hidden.are(repository)) page.owe(debt(owed.parentId(), repository));
      else gone(owed, page);
    }
  }

  /** Noted where it can be seen: a run that is not there any more leaves what was stored of it. */
  static void gone(Owed owed, Page.Builder page) {
    var kept = SourceJson.MAPPER.createObjectNode();
    kept.put("run", owed.parentId()).put("repository", owed.partition().label());
    page.setAside(
        owed.parentId(), "the run was not found: it was deleted at GitHub", kept, owed.partition());
  }

  @Override
  public void map(JsonNode raw, Partition repository, Page.Builder page) {
    GitHubRuns.changed(raw, repository, page);
  }
}
