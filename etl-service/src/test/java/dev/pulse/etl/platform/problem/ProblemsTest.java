package dev.pulse.etl.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.EtlTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProblemsTest extends EtlTest {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{                                                             | body",
        "[]                                                            | body",
        "null                                                          | body",
        "``                                                            | body",
        "{} x                                                          | body",
        "{\"connector\":\"jira\"}                                      | name",
        "{\"connector\":\"jira\",\"name\":\"  \"}                      | name",
        "{\"connector\":\"jira\",\"name\":\"n\",\"nme\":1}             | nme",
        "{\"connector\":\"jira\",\"name\":\"n\",\"scope\":{\"incl\":[]}}          | scope.incl",
        "{\"connector\":\"jira\",\"name\":\"n\",\"scope\":{\"include\":\"PROJ\"}} | scope.include",
        "{\"connector\":\"jira\",\"name\":\"n\",\"scope\":{\"include\":[\"\"]}}   |"
            + " scope.include[0]",
        "{\"connector\":\"jira\",\"name\":\"n\",\"settings\":[]}       | settings",
        "{\"connector\":\"jira\",\"name\":\"n\",\"settings\":{\"email\":{}}}      | settings.email",
        "{\"connector\":\"none\",\"name\":\"n\"}                       | connector",
        "{\"connector\":\"jira\",\"name\":\"n\"}                       | settings.baseUrl",
        "{\"connector\":\"jira\",\"name\":\"n\",\"settings\":{\"baseUrl\":\"https://127.0.0.1\",\"email\":\"e\"}}"
            + " | secrets.token",
        "{\"connector\":\"jira\",\"name\":\"n\",\"settings\":{\"baseUrl\":\"not a"
            + " url\",\"email\":\"e\"}}        | settings.baseUrl",
        "{\"connector\":\"jira\",\"name\":\"n\",\"settings\":{\"baseUrl\":\"http://10.0.0.1\",\"email\":\"e\"}}"
            + "  | settings.baseUrl",
        "{\"connector\":\"jira\",\"name\":\"n\",\"settings\":{\"baseUrl\":\"file:///etc/passwd\",\"email\":\"e\"}}"
            + " | settings.baseUrl",
        "{\"connector\":\"jira\",\"name\":\"n\",\"settings\":{\"colour\":\"red\"}} |"
            + " settings.colour",
        "{\"connector\":\"jira\",\"name\":\"n\",\"secrets\":{\"pin\":\"1\"}}      | secrets.pin",
        "{\"connector\":\"jira\",\"name\":\"n\",\"startFrom\":\"soon\",\"settings\":{\"baseUrl\":\"https://127.0.0.1\",\"email\":\"e\"},\"secrets\":{\"token\":\"t\"}}"
            + " | startFrom",
        "{\"connector\":\"jira\",\"name\":\"n\",\"network\":{\"proxy\":\"p\"},\"settings\":{\"baseUrl\":\"https://127.0.0.1\",\"email\":\"e\"},\"secrets\":{\"token\":\"t\"}}"
            + " | network.proxy",
        "{\"connector\":\"jira\",\"name\":\"n\",\"network\":{\"caCertificate\":\"c\"},\"settings\":{\"baseUrl\":\"https://127.0.0.1\",\"email\":\"e\"},\"secrets\":{\"token\":\"t\"}}"
            + " | network.caCertificate",
        "{\"connector\":\"jira\",\"name\":\"n\",\"settings\":{\"baseUrl\":\"https://127.0.0.1\",\"email\":\"e\"},\"secrets\":{\"token\":\"t\",\"proxyPassword\":\"p\"}}"
            + " | network.proxy",
      })
  void a_bad_connection_is_refused_by_the_name_of_its_field(String body, String field)
      throws Exception {
    var reply = send("POST", "connections", body, "application/json");

    var json = assertProblem(reply, 400);
    assertThat(json.path("code").asString()).isEqualTo("INVALID_INPUT");
    assertThat(json.path("errors").valueStream().map(each -> each.path("field").asString()))
        .contains(field);
  }

  @ParameterizedTest
  @CsvSource({
    "connections?limit=0, limit",
    "connections?limit=201, limit",
    "connections?limit=many, limit",
    "connections?limit=1&limit=2, limit",
    "connections?cursor=-1, cursor",
    "connections?cursor=abc, cursor",
    "connections?cursor=99999999999999999999, cursor",
    "runs?limit=1000, limit",
    "runs?sort=-startedAt, sort",
    "jobs/status?colour=red, colour",
    "runs?cursor=x, cursor",
    "runs/abc, id",
    "jobs/1e3, id",
    "quarantine?connection=x, connection",
    "quarantine?limit=-5, limit",
    "connections/9223372036854775808, id"
  })
  void a_bad_parameter_is_refused_by_its_name(String path, String field) throws Exception {
    var json = assertProblem(send("GET", path, "", "application/json"), 400);

    assertThat(json.path("errors").path(0).path("field").asString()).isEqualTo(field);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, nothing/here, 404",
    "GET, connections/999999, 404",
    "GET, connections/999999/scope, 404",
    "PUT, connections/999999/scope, 404",
    "DELETE, connections/999999, 404",
    "GET, jobs/999999, 404",
    "POST, jobs/999999/start, 404",
    "GET, runs/999999/streams, 404",
    "GET, quarantine/999999, 404",
    "POST, quarantine/999999/retry, 404",
    "PATCH, connections, 405",
    "DELETE, jobs, 405",
    "POST, budgets, 405"
  })
  void unknown_things_paths_and_methods_are_problems(String method, String path, int status)
      throws Exception {
    assertProblem(send(method, path, "{}", "application/json"), status);
  }

  @Test
  void another_media_type_is_refused() throws Exception {
    assertProblem(send("POST", "connections", "a=b", "application/x-www-form-urlencoded"), 415);
    assertProblem(send("POST", "connections", "<a/>", "text/xml"), 415);
  }

  @Test
  void every_answer_has_the_request_id_of_the_client_or_one_of_its_own() throws Exception {
    var mine = send("GET", "connections", "", "application/json");
    assertThat(mine.headers().firstValue("X-Request-Id").orElseThrow()).isEqualTo("test-1.a_b");

    var spoilt =
        HTTP.send(
            HttpRequest.newBuilder(uri("runs/abc")).header("X-Request-Id", "a b<script>").build(),
            BodyHandlers.ofString());
    var id = spoilt.headers().firstValue("X-Request-Id").orElseThrow();
    assertThat(id).doesNotContain("<").hasSize(36);
    assertThat(JsonMapper.shared().readTree(spoilt.body()).path("requestId").asString())
        .isEqualTo(id);
  }

  private JsonNode assertProblem(HttpResponse<String> reply, int status) {
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
    assertThat(reply.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(reply.body()).doesNotContain("Exception", "dev.pulse", "springframework", "jackson");
    var json = JsonMapper.shared().readTree(reply.body());
    for (var field : new String[] {"type", "title", "detail", "code", "remedy"}) {
      assertThat(json.path(field).asString("")).as(field).isNotBlank();
    }
    assertThat(json.path("status").asInt()).isEqualTo(status);
    assertThat(json.path("requestId").asString()).isEqualTo("test-1.a_b");
    return json;
  }

  private HttpResponse<String> send(String method, String path, String body, String type)
      throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(uri(path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Content-Type", type)
            .header("X-Request-Id", "test-1.a_b")
            .build(),
        BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + "/api/v1/" + path);
  }
}
