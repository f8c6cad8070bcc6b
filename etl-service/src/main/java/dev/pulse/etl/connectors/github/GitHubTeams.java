package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Page.OwedWork;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.UnreadableRecord;
import dev.pulse.etl.connectors.WalkedStream;
import dev.pulse.etl.connectors.records.Team;
import dev.pulse.etl.connectors.records.TeamMember;
import dev.pulse.etl.platform.json.SourceJson;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The teams of the organisation with their own members, read whole in every run. Members of a team
 * that has more than a page embeds are owed: when their number is another than before, and once a
 * day, for those who took the place of others.
 */
final class GitHubTeams implements WalkedStream {

  static final String MEMBERS = "members";
  private static final Duration ALL_MEMBERS_EVERY = Duration.ofHours(24);

  private final GitHubClient client;
  private final String organization;
  private volatile boolean allMembers = true;
  private volatile boolean shown;

  GitHubTeams(GitHubClient client, String organization) {
    this.client = client;
    this.organization = organization;
  }

  @Override
  public String name() {
    return "teams";
  }

  @Override
  public PageSize pageSize() {
    return new PageSize(1, 50, 100);
  }

  @Override
  public boolean incremental() {
    return false;
  }

  @Override
  public boolean required() {
    return false;
  }

  /** Whether the token was shown the teams in this run. */
  boolean shown() {
    return shown;
  }

  /** The mark is the time when all members were owed last. */
  @Override
  public List<PlannedWalk> plan(Planning planning) {
    var reached = planning.reached(Partition.WHOLE.id());
    var last = time(reached.mark());
    allMembers =
        last == null || reached.open() || !last.isAfter(planning.now().minus(ALL_MEMBERS_EVERY));
    var mark = last == null || allMembers ? planning.now() : last;
    return List.of(new PlannedWalk(Partition.WHOLE, mark.toString()));
  }

  private static @Nullable Instant time(@Nullable String mark) {
    try {
      return mark == null ? null : Instant.parse(mark);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  @Override
  public Page read(Request request) throws InterruptedException {
    var variables = new HashMap<String, Object>(Map.of("login", organization));
    variables.put("first", request.pageSize());
    var after = GitHubList.after(request);
    if (after != null) variables.put("after", after);
    var reply = client.query(GitHubQuery.TEAMS, variables, 1);
    var list = ofOrganization(reply, organization);
    shown = true;
    var page = Page.servedAt(reply.servedAt());
    page.total(list.total());
    list.map(this, request, page);
    return list.end(page);
  }

  /**
   * The teams in an answer.
   *
   * @throws AccessDenied if they are not shown to the token
   */
  static GitHubList ofOrganization(GitHubClient.Reply reply, String organization) {
    var list = GitHubList.of(reply, "organization", "teams");
    if (list.json().isObject()) return list;
    throw new AccessDenied(
        "the teams of " + organization + " are not visible to the token",
        "Give the token the right Members: read.");
  }

  @Override
  public void map(JsonNode raw, Partition partition, Page.Builder page) {
    var id = GitHubJson.requireText(raw, "id");
    page.add(
        new Team(
            id,
            GitHubJson.text(raw, "slug"),
            GitHubJson.requireText(raw, "name"),
            GitHubJson.text(raw.path("parentTeam"), "id"),
            GitHubJson.text(raw, "url"),
            extra(raw)));
    var members = raw.path(MEMBERS);
    var more = members.path("pageInfo").path("hasNextPage");
    if (more.isBoolean() && more.asBoolean()) {
      page.owe(new OwedWork(GitHubTeamMembers.NAME, Team.class, id, partition, "", !allMembers));
    } else if (members(members, id, page) && more.isBoolean()) {
      page.complete(TeamMember.class, id);
    }
  }

  /** With the number of members: one who comes or goes changes the row, and so it is noticed. */
  private static String extra(JsonNode raw) {
    var extra = SourceJson.MAPPER.createObjectNode();
    for (var field : List.of("description", "privacy")) {
      var text = GitHubJson.text(raw, field);
      if (text != null && !text.isEmpty()) extra.put(field, text);
    }
    var members = GitHubJson.number(raw.path(MEMBERS), "totalCount");
    if (members != null) extra.put("members", members);
    return extra.toString();
  }

  /** Adds members. False if one had to be set aside, or the list is none. */
  static boolean members(JsonNode list, String team, Page.Builder page) {
    boolean all = list.path("edges").isArray();
    for (var edge : list.path("edges")) {
      var id = team + " member " + edge.path("node").path("databaseId").asString("without id");
      try {
        member(edge, team, page);
        page.readable(id);
      } catch (UnreadableRecord e) {
        all = false;
        page.setAside(id, e.getMessage(), edge);
      }
    }
    return all;
  }

  private static void member(JsonNode edge, String team, Page.Builder page) {
    var person = edge.path("node");
    var id = GitHubJson.requireText(person, "databaseId");
    var role = GitHubJson.requireText(edge, "role");
    GitHubJson.account(person, page);
    page.add(new TeamMember(id, team, role));
  }
}
