package dev.pulse.local.github;

import dev.pulse.local.github.Hub.Organisation;
import dev.pulse.local.world.Team;
import dev.pulse.local.world.Team.Member;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Teams and who is in them, in GraphQL. */
final class TeamFields {
  private final Hub hub;

  TeamFields(Hub hub) {
    this.hub = hub;
  }

  void wire(RuntimeWiring.Builder wiring) {
    Fields.of(wiring, Organisation.class, "Organization").asked("teams", (_, env) -> teams(env));
    Fields.of(wiring, Team.class, "Team")
        .plain("id", row -> NodeIds.of("T", row.databaseId()))
        .plain("databaseId", row -> (int) row.databaseId())
        .plain("name", Team::name)
        .plain("slug", Team::slug)
        .plain("combinedSlug", row -> hub.organisation().login() + "/" + row.slug())
        .plain("description", Team::description)
        .plain("privacy", _ -> "VISIBLE")
        .plain("url", this::url)
        .plain("parentTeam", row -> row.parent() == null ? null : find(row.parent()))
        .asked("members", (row, env) -> members(row, env));
    Fields.of(wiring, Connection.Edge.class, "TeamMemberEdge")
        .plain("role", edge -> ((Member) edge.row()).maintainer() ? "MAINTAINER" : "MEMBER");
  }

  private String url(Team row) {
    return Urls.WEB + "/orgs/" + hub.organisation().login() + "/teams/" + row.slug();
  }

  private @Nullable Team find(int index) {
    return hub.teams().stream().filter(row -> row.index() == index).findFirst().orElse(null);
  }

  private Connection<Team> teams(DataFetchingEnvironment env) {
    Map<String, Object> order = env.getArgumentOrDefault("orderBy", Map.of());
    Comparator<Team> byName = Comparator.comparing(Team::name).thenComparingInt(Team::index);
    List<Team> rows =
        order.isEmpty()
            ? hub.teams()
            : hub.teams().stream()
                .sorted("DESC".equals(order.get("direction")) ? byName.reversed() : byName)
                .toList();
    return Connection.of(rows, env);
  }

  private Connection<Member> members(Team row, DataFetchingEnvironment env) {
    String membership = env.getArgumentOrDefault("membership", "ALL");
    Map<Integer, Member> found = new LinkedHashMap<>();
    if (!membership.equals("CHILD_TEAM")) collect(row, found);
    if (!membership.equals("IMMEDIATE")) below(row, found);
    return Connection.of(List.copyOf(found.values()), CursorKeys.byPlace(), Member::person, env);
  }

  private void below(Team row, Map<Integer, Member> into) {
    for (Team part : hub.teams()) {
      if (!Optional.of(row.index()).equals(Optional.ofNullable(part.parent()))) continue;
      collect(part, into);
      below(part, into);
    }
  }

  private static void collect(Team row, Map<Integer, Member> into) {
    for (Member member : row.members()) into.putIfAbsent(member.person().index(), member);
  }
}
