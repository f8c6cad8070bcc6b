package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.CheckResult;
import dev.pulse.etl.connectors.CheckResult.MissingRight;
import dev.pulse.etl.connectors.ConnectionSettings.Scope;
import dev.pulse.etl.connectors.Expected;
import dev.pulse.etl.connectors.RecordStream;
import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.connectors.Source;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.platform.budget.BudgetKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One GitHub organisation, open for reading. */
final class GitHubSource implements Source {

  private final GitHubClient client;
  private final String organization;
  private final GitHubIdentity identity;
  private final @Nullable Instant startFrom;

  /**
   * Opens it.
   *
   * @param startFrom runs and deployments of before are left out; null = all history
   */
  GitHubSource(
      GitHubClient client,
      String organization,
      GitHubIdentity identity,
      @Nullable Instant startFrom) {
    this.client = client;
    this.organization = organization;
    this.identity = identity;
    this.startFrom = startFrom;
  }

  @Override
  public Set<BudgetKey> budgetKeys() {
    return Set.of(client.budgetKey());
  }

  @Override
  public CheckResult check() throws InterruptedException {
    var whose = identity.ask();
    var missing = new ArrayList<MissingRight>();
    try {
      var repositories =
          client.query(GitHubQuery.REPOSITORIES, Map.of("login", organization, "first", 3), 1);
      var list = GitHubList.of(repositories, "organization", "repositories");
      missing.addAll(identity.tryOut(list.nodes()));
      var visible = list.total();
      if (visible == null || visible == 0) {
        missing.add(
            new MissingRight(
                "Metadata: read",
                "No repository is visible, so nothing is read",
                "Give it access to the repositories of " + organization + ".",
                true));
      }
    } catch (AccessDenied e) {
      missing.add(
          new MissingRight(
              "Organisation " + organization,
              "It is absent or not visible to the token, so nothing is read",
              e.remedy(),
              true));
    }
    missing.addAll(whose.missing());
    return new CheckResult(whose.account(), client.product(), missing);
  }

  @Override
  public List<ScopeElement> discover(String query, int limit) throws InterruptedException {
    var found = new ArrayList<ScopeElement>();
    var wanted = query.toLowerCase(Locale.ROOT);
    String after = null;
    do {
      var variables = new HashMap<String, Object>(Map.of("login", organization, "first", 100));
      if (after != null) variables.put("after", after);
      var reply = client.query(GitHubQuery.REPOSITORIES, variables, 1);
      var list = GitHubList.of(reply, "organization", "repositories");
      for (var raw : list.nodes()) {
        if (raw.isObject()
            && raw.path("name").asString("").toLowerCase(Locale.ROOT).contains(wanted)
            && found.size() < limit) {
          found.add(GitHubCatalogue.element(raw, client.host()));
        }
      }
      after = list.next();
    } while (after != null && found.size() < limit);
    return found;
  }

  @Override
  public List<Expected> estimate(Scope scope, @Nullable Instant startFrom)
      throws InterruptedException {
    return new GitHubEstimate(client, organization, startFrom).of(scope);
  }

  @Override
  public List<List<RecordStream>> stages() {
    var probe = new GitHubProbe(client);
    var hiddenRuns = new GitHubHiddenRuns(client);
    var runs =
        new GitHubLookBack(
            probe,
            GitHubProbe.ACTIVITY,
            GitHubRuns.AT_LEAST_EVERY,
            startFrom,
            GitHubRuns.LOOK_BACK);
    var queries = new GitHubIssueQueries(client);
    var issues = new GitHubIssues(queries, probe);
    var pulls = new GitHubPulls(client, probe);
    var teams = new GitHubTeams(client, organization);
    var deployments = GitHubProbe.ofDeployments(client);
    return List.of(
        List.of(
            GitHubCatalogue.organization(client, organization),
            new GitHubRepositories(client, organization),
            GitHubCatalogue.members(client, organization),
            new GitHubOpenRuns(client, runs, hiddenRuns),
            new GitHubOpenDeployments(client)),
        List.of(
            teams,
            pulls,
            issues,
            new GitHubMilestones(client, probe),
            new GitHubReleases(client, probe),
            new GitHubCommits(client, probe),
            new GitHubRuns(client, runs),
            new GitHubDeployments(client, deployments, startFrom)),
        List.of(
            new GitHubTeamMembers(client),
            new GitHubPullChildren(client),
            new GitHubIssueTimelines(queries),
            new GitHubComments(client, probe, true),
            new GitHubComments(client, probe, false)),
        List.of(
            GitHubCensus.ofPulls(client, probe),
            GitHubCensus.ofIssues(client, probe),
            GitHubCensus.ofDeployments(client, deployments),
            new GitHubTeamCensus(client, organization, teams)),
        List.of(
            GitHubMissed.pulls(client, pulls),
            GitHubMissed.issues(queries, issues),
            new GitHubJobs(client, hiddenRuns),
            new GitHubDeploymentStatuses(client)));
  }

  @Override
  public void close() {
    client.close();
  }
}
