package dev.pulse.local.github;

import java.util.Set;

/**
 * How the simulated GitHub is set up.
 *
 * @param tokens tokens it lets in; each has its own budgets
 * @param restPerHour REST requests one token may make in an hour
 * @param pointsPerHour GraphQL points one token may use in an hour
 */
public record GitHubSettings(Set<String> tokens, int restPerHour, int pointsPerHour) {
  public GitHubSettings {
    tokens = Set.copyOf(tokens);
    if (restPerHour < 1 || pointsPerHour < 1) {
      throw new IllegalArgumentException("budgets must allow at least one request");
    }
  }

  /** The documented allowances of a personal token. */
  public static GitHubSettings of(String token) {
    return new GitHubSettings(Set.of(token), 5_000, 5_000);
  }
}
