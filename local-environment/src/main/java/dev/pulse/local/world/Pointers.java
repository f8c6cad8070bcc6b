package dev.pulse.local.world;

import java.util.List;

/** What issues of the tracker point to elsewhere, and which team they are assigned to. */
public final class Pointers {

  public static final String TEAM_FIELD = "customfield_10001";
  public static final String DEVELOPMENT_FIELD = "customfield_10000";

  private Pointers() {}

  /** A page or record of another system. */
  public record Target(long id, String title, String url) {}

  /** Links that people have put on an issue. */
  public static List<Target> remoteLinks(Issue issue) {
    if (issue.index() % 4 != 1) return List.of();
    long id = 800_000L + issue.index();
    return List.of(new Target(id, "Ticket " + id, "https://support.example/ticket/" + id));
  }

  /** Pull requests that the tracker has been told of. */
  public static List<Target> pullRequests(Issue issue) {
    if (issue.index() % 6 != 0) return List.of();
    int number = issue.index() / 6 + 1;
    return List.of(
        new Target(number, "Pull " + number, "https://code.example/acme/app/pull/" + number));
  }

  /** Number of the team of an issue; 0 = none. */
  public static int team(Issue issue) {
    return issue.index() % 5;
  }
}
