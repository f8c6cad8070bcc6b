package dev.pulse.local.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.local.world.Order;
import dev.pulse.local.world.PullRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is rare on GitHub, and there nevertheless. */
class RarePullsTest {

  private static final String LIST =
      """
      query($owner:String!,$name:String!,$number:Int!,$after:String){
        repository(owner:$owner,name:$name){pullRequest(number:$number){
          %s(first:100,after:$after){pageInfo{hasNextPage endCursor} nodes{__typename}}}}}
      """;

  private GitHubSite site;

  @BeforeEach
  void start() {
    site = new GitHubSite(5_000, 5_000);
  }

  @AfterEach
  void stop() {
    site.close();
  }

  @Test
  void lists_of_more_than_a_page_go_on_over_graphql() throws Exception {
    assertThat(pages("commits", longest(pull -> pull.commits().size(), 251))).isEqualTo(3);
    assertThat(pages("reviews", longest(pull -> pull.reviews().size(), 101))).isEqualTo(2);
    assertThat(pages("timelineItems", longest(pull -> pull.events().size(), 101))).isEqualTo(2);
  }

  @Test
  void somebody_who_deleted_the_account_is_nobody_in_graphql_and_a_ghost_in_rest()
      throws Exception {
    var pull = pulls().filter(each -> each.author().gone()).findFirst().orElseThrow();
    var comment =
        pulls()
            .flatMap(each -> each.comments().stream())
            .filter(each -> each.author().gone() && each.path() != null)
            .findFirst()
            .orElseThrow();

    var answer =
        site.asked(
            "query($owner:String!,$name:String!,$number:Int!){repository(owner:$owner,name:$name){"
                + "pullRequest(number:$number){author{login}}}}",
            variables(pull));
    var user =
        site.world.repositories().stream()
            .flatMap(each -> comments("/repositories/" + each.databaseId()).stream())
            .filter(each -> each.get("id").asLong() == comment.databaseId())
            .findFirst()
            .orElseThrow()
            .get("user");

    assertThat(answer.at("/data/repository/pullRequest/author").isNull()).isTrue();
    assertThat(user.get("login").asString()).isEqualTo("ghost");
    assertThat(site.get("/users/" + pull.author().login()).statusCode()).isEqualTo(404);
  }

  @Test
  void while_time_moves_comments_are_edited_and_branches_are_forced() {
    var before = pulls().toList();
    for (int i = 0; i < site.world.pullCount(); i++) site.world.editPull(i);
    var after = pulls().toList();

    var edited = new ArrayList<PullRequest>();
    var forced = new ArrayList<PullRequest>();
    for (int i = 0; i < after.size(); i++) {
      var pull = after.get(i);
      if (!pull.replaced().isEmpty()) forced.add(pull);
      for (var comment : before.get(i).comments()) {
        if (!pull.comments().contains(comment)) edited.add(pull);
      }
    }
    assertThat(edited).isNotEmpty();
    assertThat(forced).isNotEmpty();
    for (var pull : forced) {
      assertThat(pull.events().getLast().type()).isEqualTo("HeadRefForcePushedEvent");
      assertThat(pull.commits()).extracting("sha").doesNotContainAnyElementsOf(pull.replaced());
      assertThat(pull.headSha()).isEqualTo(pull.commits().getLast().sha());
    }
  }

  @Test
  void an_edited_comment_is_listed_once_and_by_its_new_time() {
    for (int i = 0; i < site.world.pullCount(); i++) site.world.editPull(i);

    for (var repository : site.world.repositories()) {
      var comments =
          pulls()
              .filter(each -> each.repository().index() == repository.index())
              .flatMap(each -> each.comments().stream())
              .toList();
      assertThat(site.world.byUpdate().comments(repository).keySet())
          .hasSize(comments.size())
          .containsAll(
              comments.stream().map(each -> new Order(each.updated(), each.databaseId())).toList());
    }
  }

  @Test
  void a_comment_on_code_is_part_of_a_review_of_its_pull_request() {
    assertThat(pulls())
        .allSatisfy(
            pull ->
                assertThat(pull.comments())
                    .allSatisfy(
                        comment -> {
                          if (comment.path() == null) assertThat(comment.review()).isNull();
                          else assertThat(pull.reviews()).contains(comment.review());
                        }));
  }

  private List<JsonNode> comments(String repository) {
    try {
      var all = new ArrayList<JsonNode>();
      for (int page = 1; ; page++) {
        var answer =
            site.get(repository + "/pulls/comments?sort=created&per_page=100&page=" + page);
        var rows = GitHubSite.JSON.readTree(answer.body());
        rows.forEach(all::add);
        if (rows.size() < 100) return all;
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Stream<PullRequest> pulls() {
    return IntStream.range(0, site.world.pullCount()).mapToObj(site.world::pull);
  }

  private interface Size {
    int of(PullRequest pull);
  }

  private PullRequest longest(Size size, int atLeast) {
    return pulls().filter(pull -> size.of(pull) >= atLeast).findFirst().orElseThrow();
  }

  private int pages(String list, PullRequest pull) throws Exception {
    var variables = variables(pull);
    int pages = 0;
    boolean more = true;
    while (more) {
      var found =
          site.asked(LIST.formatted(list), variables)
              .at("/data/repository/pullRequest/" + list + "/pageInfo");
      pages++;
      more = found.get("hasNextPage").asBoolean();
      variables.put("after", found.get("endCursor").asString());
    }
    return pages;
  }

  private static Map<String, Object> variables(PullRequest pull) {
    return new HashMap<>(
        Map.of(
            "owner", pull.repository().owner(),
            "name", pull.repository().name(),
            "number", pull.number()));
  }
}
