package dev.pulse.local.github;

/**
 * What the token may use.
 *
 * @param restPerHour REST requests
 * @param pointsPerHour GraphQL points
 */
record GitHubSettings(int restPerHour, int pointsPerHour) {

  /** Generous, so that a demo of any size is read in one go. */
  static final GitHubSettings STANDARD = new GitHubSettings(1_000_000, 1_000_000);

  GitHubSettings {
    if (restPerHour < 1 || pointsPerHour < 1) {
      throw new IllegalArgumentException("budgets must allow at least one request");
    }
  }
}
