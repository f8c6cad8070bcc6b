package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.SourceFailure.RequestRefused;
import java.util.Map;

/**
 * Asks for issues and their timelines. An Enterprise Server may be older than issues that are parts
 * of others, and refuses to speak of them: it is asked for all else.
 */
final class GitHubIssueQueries {

  private final GitHubClient client;
  private volatile boolean older;

  GitHubIssueQueries(GitHubClient client) {
    this.client = client;
  }

  GitHubClient.Reply issues(Map<String, Object> variables, long cost) throws InterruptedException {
    return ask(GitHubQuery.ISSUES, GitHubQuery.ISSUES_OF_OLDER, variables, cost);
  }

  /** Single issues by their ids. */
  GitHubClient.Reply missed(Map<String, Object> variables, long cost) throws InterruptedException {
    return ask(GitHubQuery.MISSED_ISSUES, GitHubQuery.MISSED_ISSUES_OF_OLDER, variables, cost);
  }

  GitHubClient.Reply timeline(Map<String, Object> variables) throws InterruptedException {
    return ask(GitHubQuery.ISSUE_TIMELINE, GitHubQuery.ISSUE_TIMELINE_OF_OLDER, variables, 1);
  }

  private GitHubClient.Reply ask(
      GitHubQuery query, GitHubQuery ofOlder, Map<String, Object> variables, long cost)
      throws InterruptedException {
    if (older) return client.query(ofOlder, variables, cost);
    try {
      return client.query(query, variables, cost);
    } catch (RequestRefused e) {
      var reply = client.query(ofOlder, variables, cost);
      older = true; // that was why
      return reply;
    }
  }
}
