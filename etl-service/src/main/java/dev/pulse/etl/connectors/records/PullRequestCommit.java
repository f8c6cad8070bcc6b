package dev.pulse.etl.connectors.records;

/**
 * A commit that a pull request consists of.
 *
 * @param position 0 = the oldest
 */
public record PullRequestCommit(String pullRequestId, String sha, int position)
    implements SourceRecord {
  @Override
  public String externalId() {
    return sha;
  }
}
