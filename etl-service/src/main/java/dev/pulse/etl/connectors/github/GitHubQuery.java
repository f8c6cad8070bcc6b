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
  PULL_COUNT("PullCount", "pull_count"),
  MEMBERS("Members", "members"),
  PROBE("Probe", "probe"),
  HEAD("Head", "head"),
  COMMITS("Commits", "commits"),
  RELEASES("Releases", "releases"),
  DEPLOYMENT_PROBE("DeploymentProbe", "deployment_probe"),
  DEPLOYMENTS("Deployments", "deployments", "deployment", "statuses", "account"),
  DEPLOYMENTS_BY_ID("DeploymentsById", "deployments_by_id", "deployment", "statuses", "account"),
  DEPLOYMENT_IDS("DeploymentIds", "deployment_ids"),
  DEPLOYMENT_STATUSES("DeploymentStatuses", "deployment_statuses", "statuses", "account"),
  PULL_IDS("PullIds", "pull_ids"),
  PULLS_BY_ID("PullsById", "pulls_by_id"),
  PULLS("Pulls", "pulls", "pull", "children", "account"),
  MISSED_PULLS("MissedPulls", "missed_pulls", "pull", "children", "account"),
  PULL_CHILDREN("PullChildren", "pull_children", "children", "account"),
  ISSUES("Issues", "issues", "issue", "issue_events", "account"),
  ISSUES_OF_OLDER("Issues", ISSUES),
  MISSED_ISSUES("MissedIssues", "missed_issues", "issue", "issue_events", "account"),
  MISSED_ISSUES_OF_OLDER("MissedIssues", MISSED_ISSUES),
  ISSUE_TIMELINE("IssueTimeline", "issue_timeline", "issue_events", "account"),
  ISSUE_TIMELINE_OF_OLDER("IssueTimeline", ISSUE_TIMELINE),
  ISSUE_IDS("IssueIds", "issue_ids"),
  ISSUES_BY_ID("IssuesById", "issues_by_id"),
  MILESTONES("Milestones", "milestones", "account"),
  TEAMS("Teams", "teams", "members_of_team"),
  TEAM_MEMBERS("TeamMembers", "team_members", "members_of_team"),
  TEAM_IDS("TeamIds", "team_ids"),
  TEAMS_BY_ID("TeamsById", "teams_by_id");

  private final String operation;
  private final String text;

  GitHubQuery(String operation, String... files) {
    this.operation = operation;
    this.text = Stream.of(files).map(GitHubQuery::read).collect(Collectors.joining("\n"));
  }

  /** The same for servers that do not know all of it: by the comments in the files. */
  GitHubQuery(String operation, GitHubQuery newer) {
    this.operation = operation;
    this.text =
        newer
            .text
            .lines()
            .filter(line -> !line.endsWith("# newer"))
            .map(line -> line.replace("# older: ", ""))
            .collect(Collectors.joining("\n"));
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
