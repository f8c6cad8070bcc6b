package dev.pulse.local.github;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The addresses that REST puts into accounts and repositories: {@code NAME_url}. */
final class RestLinks {

  private record Link(String name, String path) {

    static Link same(String path) {
      int template = path.indexOf('{');
      return new Link(template < 0 ? path : path.substring(0, template), "/" + path);
    }
  }

  private static final List<Link> ACCOUNT =
      List.of(
          Link.same("followers"),
          Link.same("following{/other_user}"),
          Link.same("gists{/gist_id}"),
          Link.same("starred{/owner}{/repo}"),
          Link.same("subscriptions"),
          new Link("organizations", "/orgs"),
          Link.same("repos"),
          Link.same("events{/privacy}"),
          Link.same("received_events"));
  private static final List<Link> REPOSITORY =
      List.of(
          new Link("archive", "/{archive_format}{/ref}"),
          Link.same("assignees{/user}"),
          new Link("blobs", "/git/blobs{/sha}"),
          Link.same("branches{/branch}"),
          Link.same("collaborators{/collaborator}"),
          Link.same("comments{/number}"),
          Link.same("commits{/sha}"),
          new Link("compare", "/compare/{base}...{head}"),
          new Link("contents", "/contents/{+path}"),
          Link.same("contributors"),
          Link.same("deployments"),
          Link.same("downloads"),
          Link.same("events"),
          Link.same("forks"),
          new Link("git_commits", "/git/commits{/sha}"),
          new Link("git_refs", "/git/refs{/sha}"),
          new Link("git_tags", "/git/tags{/sha}"),
          Link.same("hooks"),
          new Link("issue_comment", "/issues/comments{/number}"),
          new Link("issue_events", "/issues/events{/number}"),
          Link.same("issues{/number}"),
          Link.same("keys{/key_id}"),
          Link.same("labels{/name}"),
          Link.same("languages"),
          Link.same("merges"),
          Link.same("milestones{/number}"),
          Link.same("notifications{?since,all,participating}"),
          Link.same("pulls{/number}"),
          Link.same("releases{/id}"),
          Link.same("stargazers"),
          new Link("statuses", "/statuses/{sha}"),
          Link.same("subscribers"),
          Link.same("subscription"),
          Link.same("tags"),
          Link.same("teams"),
          new Link("trees", "/git/trees{/sha}"));

  private RestLinks() {}

  static void ofAccount(Map<String, @Nullable Object> body, String url) {
    ACCOUNT.forEach(link -> body.put(link.name + "_url", url + link.path));
  }

  static void ofRepository(Map<String, @Nullable Object> body, String url) {
    REPOSITORY.forEach(link -> body.put(link.name + "_url", url + link.path));
  }
}
