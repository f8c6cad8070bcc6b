package dev.pulse.local;

import dev.pulse.local.world.CodeIssue;
import dev.pulse.local.world.CodeMilestone;
import dev.pulse.local.world.Person;
import dev.pulse.local.world.Team;
import dev.pulse.local.world.World;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the token may see of the issues that repositories keep themselves, and of teams. */
final class RepositoryTruth {

  private final World world;

  RepositoryTruth(World world) {
    this.world = world;
  }

  Map<String, WorldTruth.Kind> kinds() {
    var kinds = new LinkedHashMap<String, WorldTruth.Kind>();
    kinds.put("github.issues", ofIssues(RepositoryTruth::issue));
    kinds.put("github.issueEvents", ofIssues(RepositoryTruth::events));
    kinds.put("github.issueComments", ofIssues(RepositoryTruth::comments));
    kinds.put(
        "github.milestones",
        new WorldTruth.Kind(world.repositories()::size, index -> milestones(index).toList()));
    kinds.put(
        "github.teams",
        new WorldTruth.Kind(
            world.teams()::count,
            index -> world.teams().find(index).map(RepositoryTruth::team).stream().toList()));
    kinds.put(
        "github.teamMembers",
        new WorldTruth.Kind(
            world.teams()::count,
            index ->
                world.teams().find(index).stream().flatMap(RepositoryTruth::members).toList()));
    return kinds;
  }

  /** Rows of one thing. */
  private interface Rows<T> {
    Stream<Map<String, @Nullable Object>> of(T thing);
  }

  private WorldTruth.Kind ofIssues(Rows<CodeIssue> rows) {
    var issues = world.codeIssues();
    return new WorldTruth.Kind(
        issues::count,
        index -> {
          if (issues.gone(index)) return List.of();
          var issue = issues.issue(index);
          boolean shown =
              !world.visibility().hidden(issue.repository())
                  && !issues.switchedOff(issue.repository());
          return shown ? rows.of(issue).toList() : List.of();
        });
  }

  private static Stream<Map<String, @Nullable Object>> issue(CodeIssue issue) {
    return Stream.of(
        WorldTruth.row(
            "id", issue.databaseId(),
            "repository", issue.repository().fullName(),
            "number", issue.number(),
            "title", issue.title(),
            "open", issue.open(),
            "reason", issue.reason(),
            "author", login(issue.author()),
            "updated", issue.updated(),
            "closed", issue.closed()));
  }

  private static Stream<Map<String, @Nullable Object>> events(CodeIssue issue) {
    return issue.events().stream()
        .map(
            each ->
                WorldTruth.row(
                    "id", each.id(),
                    "issueId", issue.databaseId(),
                    "type", each.type(),
                    "at", each.at()));
  }

  private static Stream<Map<String, @Nullable Object>> comments(CodeIssue issue) {
    return issue.comments().stream()
        .map(
            each ->
                WorldTruth.row(
                    "id", each.databaseId(),
                    "issueId", issue.databaseId(),
                    "author", login(each.author()),
                    "updated", each.updated()));
  }

  private Stream<Map<String, @Nullable Object>> milestones(int repository) {
    var row = world.repository(repository);
    return world.visibility().hidden(row)
        ? Stream.of()
        : world.codeIssues().milestones().of(row).stream().map(RepositoryTruth::milestone);
  }

  private static Map<String, @Nullable Object> milestone(CodeMilestone milestone) {
    return WorldTruth.row(
        "id", milestone.databaseId(),
        "repository", milestone.repository().fullName(),
        "number", milestone.number(),
        "title", milestone.title(),
        "closed", milestone.closed(),
        "updated", milestone.updated());
  }

  private static Map<String, @Nullable Object> team(Team team) {
    return WorldTruth.row(
        "id", team.databaseId(), "slug", team.slug(), "name", team.name(), "parent", team.parent());
  }

  private static Stream<Map<String, @Nullable Object>> members(Team team) {
    return team.members().stream()
        .map(
            each ->
                WorldTruth.row(
                    "id", team.databaseId() + "/" + each.person().databaseId(),
                    "teamId", team.databaseId(),
                    "login", each.person().login(),
                    "maintainer", each.maintainer()));
  }

  private static @Nullable String login(Person person) {
    return person.gone() ? null : person.login();
  }
}
