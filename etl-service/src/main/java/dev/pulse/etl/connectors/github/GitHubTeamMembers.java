package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.OwedStream;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.UnreadableRecord;
import dev.pulse.etl.connectors.records.TeamMember;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The members of large teams, a team at a time and as one page: who is missing has left. */
final class GitHubTeamMembers implements OwedStream {

  static final String NAME = "team_members";
  private static final int AT_ONCE = 100;

  private final GitHubClient client;

  GitHubTeamMembers(GitHubClient client) {
    this.client = client;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public PageSize pageSize() {
    return PageSize.fixed(1);
  }

  @Override
  public boolean required() {
    return false;
  }

  /** A team that is gone by now owes nothing any more: the list of teams says so. */
  @Override
  public Page read(List<Owed> batch, @Nullable Position position) throws InterruptedException {
    var team = batch.getFirst().parentId();
    try {
      return new Reading(team).page();
    } catch (AccessDenied e) {
      return Page.servedAt(Instant.EPOCH).last();
    }
  }

  /** Collects the members of one team, answer by answer. */
  private final class Reading {

    private final String team;
    private Page.@Nullable Builder page;
    private boolean whole = true;

    Reading(String team) {
      this.team = team;
    }

    Page page() throws InterruptedException {
      GitHubWholeList.read(AT_ONCE, this::read);
      if (page == null) throw new IllegalStateException("nothing was read");
      if (whole) page.complete(TeamMember.class, team);
      return page.last();
    }

    private GitHubList read(int size, @Nullable String after) throws InterruptedException {
      var variables = new HashMap<String, Object>(Map.of("id", team, "first", size));
      if (after != null) variables.put("after", after);
      var reply = client.query(GitHubQuery.TEAM_MEMBERS, variables, 1);
      var list = GitHubList.of(reply, "node", GitHubTeams.MEMBERS);
      if (!list.json().isObject()) {
        throw new AccessDenied("a team is not shown", "Give the token the right Members: read.");
      }
      if (page == null) page = Page.servedAt(reply.servedAt());
      whole &= GitHubTeams.members(list.json(), team, page);
      return list;
    }
  }

  @Override
  public void map(JsonNode raw, Partition partition, Page.Builder page) {
    throw new UnreadableRecord("a member does not say of which team");
  }
}
