package dev.pulse.etl.connectors.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.connectors.CheckResult.MissingRight;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a check says of rights. */
class JiraRightsTest extends ScriptedSiteTest {

  private static final String SCOPE = "{\"message\":\"scope does not match\"}";
  private static final String BOARD =
      "{\"isLast\":true,\"values\":[{\"id\":1,\"type\":\"scrum\"}]}";

  @BeforeEach
  void everything_but_boards_and_work_may_be_read() {
    site.on("serverInfo", 200, "{\"versionNumbers\":[9],\"deploymentType\":\"Cloud\"}")
        .on("myself", 200, "{\"displayName\":\"Me\"}")
        .on("project/search", 200, "{\"total\":1,\"values\":[]}")
        .on("users/search", 200, "[]");
  }

  @Test
  void a_token_that_may_read_all_lacks_nothing() throws Exception {
    work(200);
    site.on("/rest/agile/1.0/board", 200, BOARD)
        .on("/rest/agile/1.0/board/1/sprint", 200, "{\"values\":[]}");

    assertThat(open().check().missing()).isEmpty();
  }

  @Test
  void boards_sprints_and_work_that_may_not_be_read_are_named() throws Exception {
    work(403);
    site.on("/rest/agile/1.0/board", 401, SCOPE);

    var check = open().check();

    assertThat(check.works()).isTrue();
    assertThat(check.missing())
        .extracting(MissingRight::right)
        .containsExactly("Boards", "Work logged");
  }

  @Test
  void sprints_are_named_by_themselves_where_boards_may_be_read() throws Exception {
    work(200);
    site.on("/rest/agile/1.0/board", 200, BOARD).on("/rest/agile/1.0/board/1/sprint", 401, SCOPE);

    assertThat(open().check().missing()).extracting(MissingRight::right).containsExactly("Sprints");
  }

  @Test
  void the_forms_name_the_scopes_for_boards_and_sprints() {
    for (var connector : new String[] {"jira", "jira-oauth"}) {
      assertThat(connectors.find(connector).orElseThrow().form().rights().toString())
          .contains("read:board-scope:jira-software", "read:sprint:jira-software", "work logged");
    }
  }

  private void work(int status) {
    site.on("worklog/updated", status, "{\"values\":[],\"lastPage\":true}");
  }
}
