package dev.pulse.etl.connectors.github;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The queries, each a file beside this class, with the fragments it uses. */
enum GitHubQuery {
  ORGANIZATION("Organization", "organization"),
  REPOSITORIES("Repositories", "repositories"),
  REPOSITORY_OWNERS("RepositoryOwners", "repository_owners"),
  REPOSITORY_COUNTS("RepositoryCounts", "repository_counts"),
  MEMBERS("Members", "members"),
  PROBE("Probe", "probe"),
  HEAD("Head", "head"),
  COMMITS("Commits", "commits"),
  RELEASES("Releases", "releases"),
  PULL_IDS("PullIds", "pull_ids"),
  PULLS_BY_ID("PullsById", "pulls_by_id"),
  PULLS("Pulls", "pulls", "children", "account"),
  PULL_CHILDREN("PullChildren", "pull_children", "children", "account");

  private final String operation;
  private final String text;

  GitHubQuery(String operation, String... files) {
    this.operation = operation;
    this.text = Stream.of(files).map(GitHubQuery::read).collect(Collectors.joining("\n"));
  }

  String operation() {
    return operation;
  }

  String text() {
    return text;
  }

  private static String read(String file) {
    try (var in = GitHubQuery.class.getResourceAsStream(file + ".graphql")) {
      if (in == null) throw new IllegalStateException(file + ".graphql is missing");
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
