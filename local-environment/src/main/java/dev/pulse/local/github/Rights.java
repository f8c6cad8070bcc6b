package dev.pulse.local.github;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may read, by the names of an App's permissions.
 *
 * @param missing permissions that it has not
 * @param user whether it is a person, or acts for one
 */
record Rights(Set<String> missing, boolean user) {

  static final Rights ALL = new Rights(Set.of(), true);

  static final String ACCEPTED = "X-Accepted-GitHub-Permissions";
  static final String REFUSED = "Resource not accessible by integration";

  /** One of these permissions is enough for a request; all others need none but metadata. */
  private static final Map<String, List<String>> BY_OPERATION =
      Map.of(
          "repos/compare", List.of("contents"),
          "repositories/compare", List.of("contents"),
          "repos/pulls/comments", List.of("pull_requests"),
          "repositories/pulls/comments", List.of("pull_requests"),
          "repos/issues/comments", List.of("issues", "pull_requests"),
          "repositories/issues/comments", List.of("issues", "pull_requests"),
          "orgs/members", List.of("members"),
          "organizations/members", List.of("members"));

  private static final Map<String, String> BY_FIELD =
      Map.of(
          "Repository.pullRequests", "pull_requests",
          "Repository.pullRequest", "pull_requests",
          "Repository.issues", "issues",
          "Repository.releases", "contents",
          "Repository.object", "contents",
          "Repository.defaultBranchRef", "contents",
          "PullRequest.closingIssuesReferences", "issues",
          "Organization.membersWithRole", "members");

  Rights {
    missing = Set.copyOf(missing);
  }

  /** The refusal of a REST request; null if it is allowed. */
  @Nullable Answer forbids(String operation) {
    if (operation.equals("user") && !user) return Answer.error(403, REFUSED);
    var enough = BY_OPERATION.getOrDefault(operation, List.of());
    if (enough.isEmpty() || !missing.containsAll(enough)) return null;
    var accepted = enough.stream().map(each -> each + "=read").toList();
    return Answer.error(403, REFUSED).with(ACCEPTED, String.join("; ", accepted));
  }

  /** Whether a field of GraphQL may be seen. */
  boolean shows(String type, String field) {
    var needed = BY_FIELD.get(type + "." + field);
    return needed == null || !missing.contains(needed);
  }
}
