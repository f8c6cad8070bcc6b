package dev.pulse.backend.platform;

import io.swagger.v3.oas.models.tags.Tag;
import java.util.List;

/** What the operations are sorted by in the documentation: the words of the screen, in order. */
public final class ApiTags {

  public static final String OVERVIEW = "Overview";
  public static final String SIGNING_IN = "Signing in";
  public static final String USERS = "Users";
  public static final String SESSIONS = "Sessions";
  public static final String SCRIPT_TOKENS = "Script tokens";
  public static final String AUDIT = "Audit";
  public static final String HEALTH = "Health";

  /** In the order in which they are shown. */
  static final List<Tag> ORDERED =
      List.of(
          tag(OVERVIEW, "What the first page shows: jobs, freshness, what needs a person."),
          tag(SIGNING_IN, "Signing in and out, one's own profile and password."),
          tag(USERS, "Who may enter, with which role, and which connections they see."),
          tag(SESSIONS, "Where somebody is signed in, and how to end that."),
          tag(SCRIPT_TOKENS, "What scripts send instead of signing in."),
          tag(AUDIT, "Who did what to accounts, connections and jobs, when and why."),
          tag(HEALTH, "Whether the service lives, and whether it can work."));

  private ApiTags() {}

  private static Tag tag(String name, String description) {
    return new Tag().name(name).description(description);
  }
}
