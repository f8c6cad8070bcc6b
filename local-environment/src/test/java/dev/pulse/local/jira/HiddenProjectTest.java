package dev.pulse.local.jira;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class HiddenProjectTest {

  private static final String EVERYTHING =
      "{\"jql\":\"updated >= 1000000000000 order by updated asc\",\"fields\":[\"project\"],"
          + "\"maxResults\":100%s}";

  private JiraSite site;

  @BeforeEach
  void start() {
    site = new JiraSite();
    site.world.visibility().hideProject(1, true);
  }

  @AfterEach
  void stop() {
    site.close();
  }

  @Test
  void it_is_not_in_the_list_of_projects() throws Exception {
    var listed = site.read(site.get("project/search"));

    assertThat(listed.get("total").asInt()).isEqualTo(site.world.projects().size() - 1);
    assertThat(listed.get("values").valueStream().map(each -> each.get("id").asString()))
        .doesNotContain(id());
  }

  @Test
  void a_search_or_count_that_names_it_is_refused_as_a_whole() throws Exception {
    for (var call : new String[] {"search/jql", "search/approximate-count"}) {
      for (var name : new String[] {id(), site.world.projects().get(1).key(), "NONE"}) {
        var refused = site.post(call, "{\"jql\":\"project in (1100, " + name + ")\"}");

        assertThat(refused.statusCode()).as(call + " " + name).isEqualTo(400);
        assertThat(refused.body())
            .contains("'" + name + "' does not exist for the field 'project'");
      }
    }
  }

  @Test
  void a_search_that_names_no_project_finds_the_issues_of_all_others() throws Exception {
    var projects = new HashSet<String>();
    long issues = 0;
    String token = "";
    do {
      var page = site.read(site.post("search/jql", EVERYTHING.formatted(token)));
      for (var issue : page.get("issues")) {
        projects.add(issue.at("/fields/project/id").asString());
        issues++;
      }
      token = next(page);
    } while (!token.isEmpty());

    assertThat(projects).hasSize(site.world.projects().size() - 1).doesNotContain(id());
    assertThat(issues).isEqualTo(site.world.issueCount() - issuesOfTheProject());
  }

  @Test
  void its_issues_are_not_found_by_themselves() throws Exception {
    for (var part : new String[] {"changelog", "comment"}) {
      var refused = site.get("issue/" + site.world.issue(1).key() + "/" + part);

      assertThat(refused.statusCode()).isEqualTo(404);
      assertThat(refused.body()).contains("do not have permission to see it");
    }

    var histories =
        site.read(site.post("changelog/bulkfetch", "{\"issueIdsOrKeys\":[\"10000\",\"10001\"]}"));
    assertThat(histories.get("issueChangeLogs").valueStream().map(each -> each.at("/issueId")))
        .extracting(JsonNode::asString)
        .containsOnly("10000");
  }

  @Test
  void it_can_be_hidden_and_shown_while_a_search_goes_on() throws Exception {
    site.world.visibility().hideProject(1, false);
    var search = "{\"jql\":\"project = " + id() + " order by created asc\"%s}";
    var first = site.read(site.post("search/jql", search.formatted("")));

    hide(true);
    var refused = site.post("search/jql", search.formatted(next(first)));
    hide(false);
    var second = site.post("search/jql", search.formatted(next(first)));

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(site.read(second).get("issues").size()).isPositive();
  }

  private void hide(boolean hidden) throws Exception {
    var wish = "{\"project\":1,\"hidden\":" + hidden + "}";
    var answer = site.send(site.request("_world/hidden").POST(BodyPublishers.ofString(wish)));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body().contains(site.world.projects().get(1).key())).isEqualTo(hidden);
  }

  private static String next(JsonNode page) {
    var token = page.path("nextPageToken").asString("");
    return token.isEmpty() ? "" : ",\"nextPageToken\":\"" + token + "\"";
  }

  private String id() {
    return Long.toString(site.world.projects().get(1).id());
  }

  private long issuesOfTheProject() {
    long count = 0;
    for (int i = 0; i < site.world.issueCount(); i++) {
      if (site.world.issue(i).project().index() == 1) count++;
    }
    return count;
  }
}
