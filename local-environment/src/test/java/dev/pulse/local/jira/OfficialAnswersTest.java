package dev.pulse.local.jira;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import dev.pulse.local.OfficialContract;
import dev.pulse.local.Simulator;
import dev.pulse.local.faults.Fault;
import dev.pulse.local.faults.Fault.Kind;
import java.net.http.HttpResponse;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds what the simulated Jira answers against Jira's own OpenAPI description. */
@EnabledIfEnvironmentVariable(
    named = "PULSE_CONTRACTS",
    matches = ".+",
    disabledReason = "skipped: PULSE_CONTRACTS names no folder with the vendors' contracts")
class OfficialAnswersTest {

  private static final String FILE = "jira/jira-cloud-platform-v3.trimmed.json";
  private static final String REST = "/rest/api/3/";

  /** As all recorded answers have it: no colon in the zone. */
  private static final Pattern ZONE_WITHOUT_COLON =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}[+-]\\d{4}");

  private static OfficialContract contract;

  private JiraSite site;

  @BeforeAll
  static void read() {
    contract = OfficialContract.read(FILE, OfficialAnswersTest::known);
  }

  @BeforeEach
  void start() {
    site = new JiraSite();
  }

  @AfterEach
  void stop() {
    site.close();
  }

  @ParameterizedTest
  @CsvSource({
    "myself, myself",
    "serverInfo, serverInfo",
    "project/search, project/search?maxResults=100&orderBy=key&expand=lead",
    "project/search, project/search?startAt=2&maxResults=1",
    "field, field",
    "status, status",
    "issuetype, issuetype",
    "users/search, users/search?maxResults=1000",
    "search/jql, search/jql?jql=id%20%3E%201&fields=*all&maxResults=100",
    "search/jql, search/jql?jql=id%20%3E%201",
    "issue/{issueIdOrKey}/changelog, issue/10005/changelog",
    "issue/{issueIdOrKey}/comment, issue/10007/comment",
    "issue/{issueIdOrKey}/worklog, issue/10011/worklog",
    "worklog/updated, worklog/updated?since=1",
    "worklog/deleted, worklog/deleted?since=1",
    "project/{projectIdOrKey}/versions, project/1100/versions",
  })
  void what_is_read_is_as_described(String operation, String path) throws Exception {
    accept("GET " + REST + operation, 200, site.get(path));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "search/jql | {'jql':'updated >= 1000000000000 order by updated','fields':['*all']}",
        "search/jql | {'jql':'project = NONE'}",
        "search/jql | {'jql':'order by created'}",
        "search/jql | {'jql':'nonsense'}",
        "search/jql | {'jql':'id > 1','nextPageToken':'%%%'}",
        "search/approximate-count | {'jql':'id > 1'}",
        "search/approximate-count | {'jql':'nonsense'}",
        "worklog/list | {'ids':[2000000000,2000011000,7]}",
        "issue/bulkfetch | {'issueIdsOrKeys':['10005','99999'],'fields':['id']}",
        "changelog/bulkfetch | {'issueIdsOrKeys':['10005','10006'],'maxResults':100}",
        "changelog/bulkfetch | {'issueIdsOrKeys':[],'fieldIds':[1,2,3,4,5,6,7,8,9,10,11]}",
      })
  void what_is_asked_in_a_body_is_as_described(String operation, String body) throws Exception {
    var answer = site.post(operation, body.replace('\'', '"'));

    assertThat(answer.statusCode()).isIn(200, 400);
    accept("POST " + REST + operation, answer.statusCode(), answer);
  }

  @Test
  void the_typed_fields_of_an_issue_are_as_described() throws Exception {
    var page = site.read(site.get("search/jql?jql=id%20%3E%201&fields=*all&maxResults=100"));

    for (var issue : page.get("issues")) {
      var fields = issue.get("fields");
      for (var member :
          new String[][] {
            {"comment", "PageOfComments"},
            {"worklog", "PageOfWorklogs"},
            {"status", "StatusDetails"},
            {"issuetype", "IssueTypeDetails"},
            {"priority", "Priority"},
            {"project", "Project"},
            {"reporter", "UserDetails"}
          }) {
        var value = fields.get(member[0]).toString();
        assertThat(contract.complaints(member[1], value)).as(member[0] + " " + value).isEmpty();
      }
    }
  }

  /** The description shows a list in its example, and one link in its schema. */
  @Test
  void each_remote_link_is_as_described() throws Exception {
    var links = site.read(site.get("issue/10005/remotelink"));

    assertThat(links).isNotEmpty();
    for (var each : links) {
      assertThat(contract.complaints("RemoteIssueLink", each.toString())).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"RATE_LIMITED, 429", "FORBIDDEN, 403", "NOT_FOUND, 404"})
  void a_refusal_is_as_described(Kind kind, int status) throws Exception {
    site.simulator.faults().add(Fault.of(kind, "jira"));

    accept("GET " + REST + "issue/{issueIdOrKey}/comment", status, site.get("issue/1/comment"));
  }

  @Test
  void what_is_absent_or_removed_is_said_as_described() throws Exception {
    accept("GET " + REST + "issue/{issueIdOrKey}/comment", 404, site.get("issue/1/comment"));
    accept("GET " + REST + "search", 410, site.get("search?jql=id%20%3E%201"));
  }

  @Test
  void a_wrong_token_is_refused_before_there_is_any_json() throws Exception {
    var wrong =
        site.send(
            site.request("jira" + REST + "myself").setHeader("Authorization", "Basic eDp5").GET());

    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(wrong.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
    assertThat(wrong.body()).doesNotContain(Simulator.TOKEN);
  }

  @Test
  void what_is_not_as_described_is_noticed() {
    assertThat(contract.complaints("UserDetails", "{\"accountId\":1}")).isNotEmpty();
    assertThat(contract.complaints("PageOfComments", "{\"comments\":[{\"created\":\"now\"}]}"))
        .isNotEmpty();
  }

  private void accept(String operation, int status, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/json");
    assertThat(contract.complaints(operation, answer, "ErrorCollection")).isEmpty();
  }

  /** Where Jira itself does not keep to its description. */
  private static boolean known(Error error) {
    var value = error.getInstanceNode();
    var place = error.getInstanceLocation().toString();
    boolean time =
        "format".equals(error.getKeyword()) && ZONE_WITHOUT_COLON.matcher(value.asText()).matches();
    boolean bulkTime = place.endsWith("/created") && value.isNumber();
    boolean nothingBefore = place.contains("/items/") && value.isNull();
    return time || bulkTime || nothingBefore;
  }
}
