package dev.pulse.local.github;

import static dev.pulse.local.github.GitHubSite.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.local.world.PullRequest;
import dev.pulse.local.world.Repository;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RestTest {
  private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");
  private GitHubSite site;

  @BeforeEach
  void start() throws Exception {
    site = new GitHubSite(200, 5_000);
  }

  @AfterEach
  void stop() {
    site.close();
  }

  @Test
  void comments_are_read_to_the_end_by_following_links() throws Exception {
    Repository repository = site.world.repository(0);
    Set<Long> seen = new HashSet<>();
    for (String kind : Set.of("pulls", "issues")) {
      String next =
          "/repos/"
              + repository.fullName()
              + "/"
              + kind
              + "/comments?sort=updated&direction=asc&per_page=100";
      while (!next.isEmpty()) {
        var page = site.get(next);
        JSON.readTree(page.body())
            .forEach(row -> assertThat(seen.add(row.get("id").asLong())).isTrue());
        Matcher link = NEXT.matcher(page.headers().firstValue("Link").orElse(""));
        next = link.find() ? link.group(1) : "";
        assertThat(next).matches("|.*/repositories/9000/" + kind + "/comments.*");
      }
    }

    assertThat(seen)
        .hasSize(site.world.byUpdate().comments(repository).size() + onIssues(Instant.EPOCH).size())
        .isNotEmpty();
    assertThat(seen).containsAnyElementsOf(onIssues(Instant.EPOCH));
  }

  @Test
  void since_keeps_the_comment_of_that_very_second() throws Exception {
    var last = site.world.byUpdate().comments(site.world.repository(0)).lastKey();
    String query = "/comments?sort=updated&direction=asc&since=" + last.at();

    var onCode = JSON.readTree(site.get("/repositories/9000/pulls" + query).body());
    var onTheWhole = JSON.readTree(site.get("/repositories/9000/issues" + query).body());

    assertThat(onCode.size() + onTheWhole.size()).isEqualTo(1 + onIssues(last.at()).size());
  }

  /** Ids of the comments on issues of the first repository that were written since. */
  private List<Long> onIssues(Instant since) {
    var issues = site.world.codeIssues();
    return IntStream.range(0, issues.count())
        .mapToObj(issues::issue)
        .filter(each -> each.repository().index() == 0)
        .flatMap(each -> each.comments().stream())
        .filter(each -> !each.updated().isBefore(since))
        .map(PullRequest.Comment::databaseId)
        .toList();
  }

  @Test
  void an_unchanged_page_is_304_and_free() throws Exception {
    var first = site.get("/orgs/acme/repos");
    String tag = first.headers().firstValue("ETag").orElseThrow();

    var second = site.get("/orgs/acme/repos", "If-None-Match", tag);

    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(second.headers().firstValue("X-RateLimit-Used"))
        .isEqualTo(first.headers().firstValue("X-RateLimit-Used"));
  }

  @Test
  void a_renamed_repository_leads_to_its_number() throws Exception {
    String before = site.world.repository(0).fullName();
    site.world.hosting().rename(0, "renamed");

    var moved = site.get("/repos/" + before);

    assertThat(moved.statusCode()).isEqualTo(301);
    String location = moved.headers().firstValue("Location").orElseThrow();
    assertThat(location).endsWith("/repositories/9000");
    assertThat(site.get(location).body()).contains("acme/renamed");
  }

  @Test
  void a_hidden_repository_is_not_found() throws Exception {
    site.world.visibility().hideRepository(0, true);

    assertThat(site.get("/repos/" + site.world.repository(0).fullName()).statusCode())
        .isEqualTo(404);
  }

  @Test
  void the_hourly_budget_runs_out_but_the_rate_limit_can_be_asked() throws Exception {
    site.api.exhaust();

    var refused = site.get("/user");

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.headers().firstValue("x-ratelimit-remaining")).contains("0");
    assertThat(site.get("/rate_limit").statusCode()).isEqualTo(200);
  }

  @Test
  void strangers_and_old_versions_are_refused() throws Exception {
    var wrongToken = site.get("/user", "Authorization", "Bearer wrong");
    var oldVersion = site.get("/user", "X-GitHub-Api-Version", "2019-01-01");

    assertThat(wrongToken.statusCode()).isEqualTo(401);
    assertThat(wrongToken.body()).contains("Bad credentials");
    assertThat(oldVersion.statusCode()).isEqualTo(410);
  }
}
