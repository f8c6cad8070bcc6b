package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.CheckResult.MissingRight;
import dev.pulse.etl.connectors.ConnectionForm.Right;
import java.util.List;

/**
 * A right that reading needs.
 *
 * @param permission as the API calls it
 * @param name as GitHub writes it on its pages
 * @param without what is lost without it, one sentence
 */
record GitHubRight(String permission, String name, String without, boolean required) {

  static final List<GitHubRight> ALL =
      List.of(
          new GitHubRight("metadata", "Metadata: read", "Nothing is read without it", true),
          new GitHubRight(
              "pull_requests",
              "Pull requests: read",
              "Pull requests and reviews are not read",
              true),
          new GitHubRight("issues", "Issues: read", "Issues, and comments, are not read", true),
          new GitHubRight(
              "contents", "Contents: read", "Commits of pull requests are not read", true),
          new GitHubRight(
              "actions", "Actions: read", "Runs of workflows and their jobs are not read", false),
          new GitHubRight("deployments", "Deployments: read", "Deployments are not read", false),
          new GitHubRight(
              "members",
              "Members: read",
              "Teams, and people without pull requests, are not read",
              false));

  static List<Right> form() {
    return ALL.stream().map(right -> new Right(right.name, right.without, right.required)).toList();
  }

  MissingRight missing(String remedy) {
    return new MissingRight(name, without, remedy, required);
  }
}
