package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells a run that was deleted from a repository whose runs are hidden: GitHub finds neither. What
 * is hidden stays owed, and is not asked for again in this run.
 */
final class GitHubHiddenRuns {

  private final GitHubClient client;
  private final Set<String> hidden = ConcurrentHashMap.newKeySet();

  GitHubHiddenRuns(GitHubClient client) {
    this.client = client;
  }

  boolean known(Partition repository) {
    return hidden.contains(repository.id());
  }

  /** To be asked when a run was not found. */
  boolean are(Partition repository) throws InterruptedException {
    try {
      client.get(GitHubRuns.NAME, "repos/%s/actions/runs?per_page=1".formatted(repository.label()));
      return false;
    } catch (AccessDenied e) {
      hidden.add(repository.id());
      return true;
    }
  }
}
