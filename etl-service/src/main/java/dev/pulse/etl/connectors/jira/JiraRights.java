package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.CheckResult.MissingRight;
import dev.pulse.etl.connectors.ConnectionForm.Right;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.SourceFailure.CredentialsRejected;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which rights a token should have besides those of the issues, and which of all it lacks. */
final class JiraRights {

  /** As forms of Cloud name them, with the scopes of a token that has scopes. */
  static final Right BOARDS =
      new Right(
          "Boards (read:board-scope:jira-software)",
          "Without it, neither boards nor sprints are read",
          false);

  static final Right SPRINTS =
      new Right(
          "Sprints (read:sprint:jira-software)",
          "Without it, boards are read without their sprints",
          false);

  private static final Map<String, Object> ONE = Map.of("maxResults", 1);

  private final JiraClient client;

  JiraRights(JiraClient client) {
    this.client = client;
  }

  List<MissingRight> missing() throws InterruptedException {
    var missing = new ArrayList<MissingRight>();
    var projects = client.get("project/search", ONE).json();
    if (projects.path("total").asLong(1) == 0) {
      missing.add(
          new MissingRight(
              "Browse projects",
              "No project is visible, so nothing is read",
              "Give the account the permission in the projects to be read.",
              true));
    }
    if (!allowed(() -> client.get("users/search", ONE))) {
      missing.add(
          optional(
              "Browse users and groups",
              "People without issues are not read",
              "Give the account the global permission."));
    }
    boards().ifPresent(missing::add);
    // where there is no time tracking, the answer is that there is no such thing
    if (!allowed(() -> client.getOrNothing("worklog/updated", Map.of("since", 0)))) {
      missing.add(
          optional(
              "Work logged",
              "Work that was changed or deleted is seen only when its issue changes",
              "Give the token the scope read:jira-work, or the account the right to it."));
    }
    return missing;
  }

  /** Only boards of scrum are sure to have sprints: one of them tells whether those may be read. */
  private Optional<MissingRight> boards() throws InterruptedException {
    var boards = JiraBoardWalk.ROOT + "board";
    var query = Map.<String, Object>of("maxResults", 1, "type", "scrum");
    var found = new ArrayList<String>();
    boolean may =
        allowed(
            () -> {
              for (var each : client.get(boards, query).list("values")) {
                found.add(each.path("id").asString(""));
              }
            });
    if (!may) {
      return Optional.of(
          optional(
              "Boards",
              "Neither boards nor sprints are read",
              "Give the account access to Jira Software, and a token that has scopes"
                  + " read:board-scope:jira-software and read:sprint:jira-software."));
    }
    for (var board : found) {
      var path = boards + "/" + JiraClient.encode(board) + "/sprint";
      if (!allowed(() -> client.getOrNothing(path, ONE))) {
        return Optional.of(
            optional(
                "Sprints",
                "Boards are read without their sprints",
                "Give a token that has scopes read:sprint:jira-software."));
      }
    }
    return Optional.empty();
  }

  private static MissingRight optional(String right, String consequence, String remedy) {
    return new MissingRight(right, consequence, remedy, false);
  }

  private interface Probe {
    void ask() throws InterruptedException;
  }

  /** A token without a scope is refused as if it were wrong, though it is good for the rest. */
  private static boolean allowed(Probe probe) throws InterruptedException {
    try {
      probe.ask();
      return true;
    } catch (AccessDenied | CredentialsRejected e) {
      return false;
    }
  }
}
