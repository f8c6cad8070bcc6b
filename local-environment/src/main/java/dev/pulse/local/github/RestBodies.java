package dev.pulse.local.github;

import dev.pulse.local.github.Hub.Organisation;
import dev.pulse.local.world.CodeIssue;
import dev.pulse.local.world.Person;
import dev.pulse.local.world.PullRequest;
import dev.pulse.local.world.PullRequest.Comment;
import dev.pulse.local.world.PullRequest.Commit;
import dev.pulse.local.world.PullRequest.Review;
import dev.pulse.local.world.Repository;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records as REST writes them. */
final class RestBodies {
  private final Hub hub;
  private final String base;

  RestBodies(Hub hub, String base) {
    this.hub = hub;
    this.base = base;
  }

  /** An account; in the place of one that is no more stands that of the ghost. */
  Map<String, @Nullable Object> account(Person person) {
    if (person.gone()) return account(10_137, "MDQ6VXNlcjEwMTM3", "ghost", "User");
    String type = person.bot() ? "Bot" : "User";
    return account(person.databaseId(), NodeIds.account(person), person.login(), type);
  }

  /** What only the page of one person shows. */
  Map<String, @Nullable Object> profile(Person person) {
    Map<String, @Nullable Object> body = account(person);
    body.put("name", person.name());
    body.put("email", person.email());
    for (String unknown : List.of("bio", "company", "hireable", "location")) {
      body.put(unknown, null);
    }
    body.put("blog", "");
    for (String count : List.of("followers", "following", "public_gists", "public_repos")) {
      body.put(count, 0);
    }
    body.put("created_at", time(hub.organisation().created()));
    body.put("updated_at", time(hub.organisation().created()));
    return body;
  }

  /** What the owner of the token is told about itself besides. */
  Map<String, @Nullable Object> ownProfile() {
    Map<String, @Nullable Object> body = profile(hub.viewer());
    for (String count :
        List.of(
            "private_gists",
            "total_private_repos",
            "owned_private_repos",
            "disk_usage",
            "collaborators")) {
      body.put(count, 0);
    }
    body.put("two_factor_authentication", true);
    return body;
  }

  private Map<String, @Nullable Object> account(long id, String node, String login, String type) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    String url = base + "/users/" + Urls.encoded(login);
    body.put("login", login);
    body.put("id", id);
    body.put("node_id", node);
    body.put("avatar_url", "https://avatars.githubusercontent.com/u/" + id + "?v=4");
    body.put("gravatar_id", "");
    body.put("url", url);
    body.put("html_url", Urls.account(login));
    RestLinks.ofAccount(body, url);
    body.put("type", type);
    body.put("site_admin", false);
    return body;
  }

  Map<String, @Nullable Object> organisation(Organisation row) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    String url = base + "/orgs/" + row.login();
    body.put("login", row.login());
    body.put("id", row.id());
    body.put("node_id", NodeIds.of("O", row.id()));
    body.put("url", url);
    for (String link : List.of("repos", "events", "hooks", "issues")) {
      body.put(link + "_url", url + "/" + link);
    }
    body.put("members_url", url + "/members{/member}");
    body.put("public_members_url", url + "/public_members{/member}");
    body.put("avatar_url", "https://avatars.githubusercontent.com/u/" + row.id() + "?v=4");
    body.put("description", null);
    body.put("name", row.name());
    body.put("html_url", Urls.account(row.login()));
    body.put("has_organization_projects", true);
    body.put("has_repository_projects", true);
    for (String count : List.of("public_repos", "public_gists", "followers", "following")) {
      body.put(count, 0);
    }
    body.put("type", "Organization");
    body.put("created_at", time(row.created()));
    body.put("updated_at", time(row.created()));
    body.put("archived_at", null);
    return body;
  }

  /** The organisation where an account may stand. */
  Map<String, @Nullable Object> owner() {
    return owner(hub.organisation());
  }

  private Map<String, @Nullable Object> owner(Organisation owner) {
    return account(owner.id(), NodeIds.of("O", owner.id()), owner.login(), "Organization");
  }

  Map<String, @Nullable Object> repository(Repository row) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    String url = base + "/repos/" + row.fullName();
    body.put("id", row.databaseId());
    body.put("node_id", NodeIds.of("R", row.databaseId()));
    body.put("name", row.name());
    body.put("full_name", row.fullName());
    body.put("owner", owner(hub.ownerOf(row)));
    body.put("private", true);
    body.put("html_url", Urls.repository(row));
    body.put("description", null);
    body.put("fork", false);
    body.put("url", url);
    RestLinks.ofRepository(body, url);
    body.put("git_url", "git://github.com/" + row.fullName() + ".git");
    body.put("ssh_url", "git@github.com:" + row.fullName() + ".git");
    body.put("clone_url", Urls.repository(row) + ".git");
    body.put("svn_url", Urls.repository(row));
    for (String unknown : List.of("homepage", "mirror_url", "license")) {
      body.put(unknown, null);
    }
    body.put("language", "Java");
    for (String count :
        List.of(
            "forks",
            "forks_count",
            "open_issues",
            "open_issues_count",
            "size",
            "stargazers_count",
            "watchers",
            "watchers_count",
            "network_count",
            "subscribers_count")) {
      body.put(count, 0);
    }
    for (String flag :
        List.of("has_issues", "has_projects", "has_wiki", "has_pages", "has_discussions")) {
      body.put(flag, false);
    }
    body.put("disabled", hub.blockOf(row) != null);
    body.put("archived", row.archived());
    body.put("default_branch", "main");
    body.put("created_at", time(row.created()));
    body.put("updated_at", time(hub.updated(row)));
    body.put("pushed_at", time(hub.pushed(row)));
    return body;
  }

  Map<String, @Nullable Object> commit(Repository row, Commit commit) {
    String url = base + "/repos/" + row.fullName();
    String own = url + "/commits/" + commit.sha();
    Map<String, @Nullable Object> signature = new LinkedHashMap<>();
    signature.put("name", commit.author().name());
    signature.put("email", commit.author().email());
    signature.put("date", time(commit.authored()));
    Map<String, @Nullable Object> git = new LinkedHashMap<>();
    git.put("url", url + "/git/commits/" + commit.sha());
    git.put("author", signature);
    git.put("committer", signature);
    git.put("message", commit.message());
    git.put("comment_count", 0);
    git.put("tree", Map.of("sha", commit.sha(), "url", url + "/git/trees/" + commit.sha()));
    boolean unknown = commit.author().bot() || commit.author().gone();
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("url", own);
    body.put("sha", commit.sha());
    body.put("node_id", "C_" + commit.sha());
    body.put("html_url", Urls.repository(row) + "/commit/" + commit.sha());
    body.put("comments_url", own + "/comments");
    body.put("commit", git);
    body.put("author", unknown ? null : account(commit.author()));
    body.put("committer", unknown ? null : account(commit.author()));
    body.put(
        "parents",
        commit.parents().stream()
            .map(
                sha ->
                    Map.of(
                        "sha", sha,
                        "url", url + "/commits/" + sha,
                        "html_url", Urls.repository(row) + "/commit/" + sha))
            .toList());
    return body;
  }

  /**
   * A comparison of two commits, of which the second is ahead.
   *
   * @param ahead all commits that the first has not
   * @param page those of this page
   */
  Map<String, @Nullable Object> comparison(
      Repository row, String ends, List<Commit> ahead, @Nullable Object page) {
    Commit of = hub.history(row).getFirst();
    String url = base + "/repos/" + row.fullName() + "/compare/" + ends;
    String html = Urls.repository(row) + "/compare/" + ends;
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("url", url);
    body.put("html_url", html);
    body.put("permalink_url", html);
    body.put("diff_url", html + ".diff");
    body.put("patch_url", html + ".patch");
    body.put("base_commit", commit(row, of));
    body.put("merge_base_commit", commit(row, of));
    body.put("status", ahead.isEmpty() ? "identical" : "ahead");
    body.put("ahead_by", ahead.size());
    body.put("behind_by", 0);
    body.put("total_commits", ahead.size());
    body.put("commits", page);
    body.put("files", List.of());
    return body;
  }

  Map<String, @Nullable Object> issueComment(PullRequest pull, Comment row) {
    return issueComment(pull.repository(), pull.number(), web(pull), row);
  }

  Map<String, @Nullable Object> issueComment(CodeIssue issue, Comment row) {
    String html = Urls.issue(issue.repository(), issue.number());
    return issueComment(issue.repository(), issue.number(), html, row);
  }

  private Map<String, @Nullable Object> issueComment(
      Repository repository, int number, String html, Comment row) {
    String url = base + "/repos/" + repository.fullName() + "/issues";
    Map<String, @Nullable Object> body = comment(row, "IC");
    body.put("url", url + "/comments/" + row.databaseId());
    body.put("html_url", html + "#issuecomment-" + row.databaseId());
    body.put("issue_url", url + "/" + number);
    return body;
  }

  Map<String, @Nullable Object> reviewComment(PullRequest pull, Comment row) {
    String pulls = base + "/repos/" + pull.repository().fullName() + "/pulls";
    String url = pulls + "/comments/" + row.databaseId();
    String html = web(pull) + "#discussion_r" + row.databaseId();
    String of = pulls + "/" + pull.number();
    Map<String, @Nullable Object> body = comment(row, "PRRC");
    body.put("url", url);
    body.put("html_url", html);
    body.put("pull_request_url", of);
    Review review = row.review();
    body.put("pull_request_review_id", review == null ? null : review.databaseId());
    body.put("diff_hunk", "@@ -1 +1 @@");
    body.put("path", row.path());
    body.put("commit_id", pull.headSha());
    body.put("original_commit_id", pull.headSha());
    body.put(
        "_links",
        Map.of(
            "self", Map.of("href", url),
            "html", Map.of("href", html),
            "pull_request", Map.of("href", of)));
    return body;
  }

  private Map<String, @Nullable Object> comment(Comment row, String prefix) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("id", row.databaseId());
    body.put("node_id", NodeIds.of(prefix, row.databaseId()));
    body.put("user", account(row.author()));
    body.put("body", row.body());
    body.put("created_at", time(row.created()));
    body.put("updated_at", time(row.updated()));
    body.put("author_association", "MEMBER");
    return body;
  }

  private static String web(PullRequest pull) {
    return Urls.pull(pull.repository(), pull.number());
  }

  private static String time(Instant at) {
    return Scalars.time(at);
  }
}
