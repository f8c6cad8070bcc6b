package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.CensusStream;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.records.SourceRecord;
import dev.pulse.etl.connectors.records.Team;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which teams are still there. */
final class GitHubTeamCensus implements CensusStream {

  private final GitHubClient client;
  private final String organization;
  private final GitHubTeams teams;

  GitHubTeamCensus(GitHubClient client, String organization, GitHubTeams teams) {
    this.client = client;
    this.organization = organization;
    this.teams = teams;
  }

  @Override
  public String name() {
    return "team_census";
  }

  @Override
  public PageSize pageSize() {
    return new PageSize(10, 100, 100);
  }

  @Override
  public Class<? extends SourceRecord> counted() {
    return Team.class;
  }

  @Override
  public boolean whole() {
    return true;
  }

  /** Teams that the token may not see were reported already. */
  @Override
  public List<PlannedWalk> plan(Planning planning) throws InterruptedException {
    return teams.shown() ? CensusStream.super.plan(planning) : List.of();
  }

  @Override
  public Page read(Request request) throws InterruptedException {
    var variables = new HashMap<String, Object>(Map.of("login", organization));
    variables.put("first", request.pageSize());
    var after = GitHubList.after(request);
    if (after != null) variables.put("after", after);
    var reply = client.query(GitHubQuery.TEAM_IDS, variables, 1);
    var list = GitHubTeams.ofOrganization(reply, organization);
    return list.end(Page.servedAt(reply.servedAt()).present(GitHubCensus.ids(list)));
  }

  @Override
  public Map<String, String> shown(List<String> ids) throws InterruptedException {
    return GitHubCensus.shown(client, GitHubQuery.TEAMS_BY_ID, ids);
  }
}
