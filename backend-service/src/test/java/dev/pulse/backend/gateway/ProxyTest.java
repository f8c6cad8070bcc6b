package dev.pulse.backend.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.model.Role;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes to etl-service, and what comes back from it. */
class ProxyTest extends EtlTest {

  @Test
  void a_request_goes_on_in_the_name_of_its_caller_and_signed() {
    var person = person(Role.OPERATOR);
    var reply =
        signedIn(person)
            .with("X-Request-Id", "asked-7")
            .post(JOBS + "/7/start", "{\"mode\":\"now\", \"reason\":\"ü\"}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("items").isArray()).isTrue();
    var sent = ETL.last();
    assertThat(sent.method()).isEqualTo("POST");
    assertThat(sent.target()).isEqualTo("/api/v1/jobs/7/start");
    assertThat(new String(sent.body(), UTF_8)).isEqualTo("{\"mode\":\"now\", \"reason\":\"ü\"}");
    var identity = verified(sent).identity();
    assertThat(identity.subject()).isEqualTo("user:" + person.id());
    assertThat(identity.permissions()).isEqualTo(Role.OPERATOR.permissions());
    assertThat(identity.connections().text()).isEqualTo("*");
    assertThat(identity.requestId()).isEqualTo("asked-7");
    assertThat(reply.header("X-Request-Id")).contains("asked-7");
  }

  @Test
  void a_caller_who_sees_some_connections_is_signed_as_such() {
    var person = person(Role.VIEWER);
    jdbc.sql("update user_account set connections = '{5,1}' where id = ?")
        .param(person.id())
        .update();

    signedIn(person).get(JOBS);

    assertThat(verified(ETL.last()).identity().connections().text()).isEqualTo("1,5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/etl/runs?cursor=a%2Bb%2Fc%3D&limit=5",
        "/api/etl/runs?text=100%25+sure&x=%C3%BC",
        "/api/etl/runs?a=1&a=2&b",
        "/api/etl/runs?",
        "/api/etl/logs/download/a%20b.jsonl",
        "/api/etl/logs/download/%C3%BC",
      })
  void path_and_query_go_on_byte_for_byte(String asked) throws IOException {
    var admin = signedIn(Role.ADMIN);

    var answer = RawHttp.send(port, "GET " + asked, "Cookie: pulse=" + admin.cookie("pulse"));

    assertThat(answer).startsWith("HTTP/1.1 200");
    assertThat(ETL.last().target()).isEqualTo(asked.replace("/api/etl", "/api/v1"));
    verified(ETL.last());
  }

  @Test
  void nothing_from_outside_is_taken_for_what_the_gateway_says() {
    var person = person(Role.VIEWER);
    var browser = signedIn(person);
    for (var header :
        new String[] {
          "Signature",
          "Signature-Input",
          "Signature-Agent",
          "Content-Digest",
          "X-Internal-Api-Key",
          "X-Internal-Anything",
          "Pulse-Subject",
          "Pulse-Permissions",
          "Pulse-Connections",
          "Pulse-Request-Id",
          "Pulse-Api-Key",
          "Pulse-New",
          "X-User-Id",
          "X-User-Name",
          "X-Real-IP",
          "X-Forwarded-Host",
          "X-Forwarded-Proto",
          "X-Forwarded-Prefix",
          "Forwarded",
          "Keep-Alive",
          "TE",
          "Trailer",
          "Proxy-Authorization",
          "X-Original-URL",
          "X-HTTP-Method-Override",
          "X-Rewrite-URL",
          "Range",
          "If-None-Match",
          "Max-Forwards",
          "Via",
          "User-Agent"
        }) {
      browser.with(header, "forged");
    }

    assertThat(browser.get(JOBS).status()).isEqualTo(200);

    var sent = ETL.last();
    assertThat(sent.names()).isSubsetOf(OURS);
    assertThat(sent.lines()).noneMatch(line -> line.contains("forged"));
    assertThat(verified(sent).identity().subject()).isEqualTo("user:" + person.id());
    assertThat(sent.all("Signature")).hasSize(1);
  }

  @Test
  void no_cookie_no_token_and_no_other_protocol_goes_on() throws IOException {
    var admin = signedIn(Role.ADMIN);
    var secret =
        admin
            .post("/api/tokens", "{\"name\":\"x\",\"permissions\":[\"jobs:read\"],\"days\":1}")
            .json()
            .path("secret")
            .asString();

    RawHttp.send(
        port,
        "GET " + JOBS,
        "Authorization: Bearer " + secret,
        "Connection: Upgrade, HTTP2-Settings, Pulse-Subject, Signature, Accept",
        "Upgrade: h2c",
        "HTTP2-Settings: AAMAAABkAAQAAP__",
        "Accept: text/forged");

    var sent = ETL.last();
    assertThat(sent.names()).isSubsetOf(OURS).doesNotContain("accept");
    assertThat(sent.lines()).noneMatch(line -> line.contains(secret) || line.contains("pgrade"));
    assertThat(verified(sent).identity().subject()).contains("/token:");
    assertThat(verified(sent).identity().permissions()).hasSize(1);
  }

  @Test
  void an_answer_loses_what_is_not_for_the_client() {
    ETL.answer(
        Recorder.says(
            201,
            "application/json",
            "{\"id\":1}",
            "Set-Cookie: __Host-pulse=stolen; Path=/",
            "Server: Etl/1",
            "Keep-Alive: timeout=5",
            "Access-Control-Allow-Origin: *",
            "Content-Security-Policy: default-src *",
            "X-Request-Id: another",
            "Retry-After: 3"));

    var reply = signedIn(Role.VIEWER).with("X-Request-Id", "mine").get(JOBS);

    assertThat(reply.status()).isEqualTo(201);
    for (var gone :
        new String[] {"Set-Cookie", "Server", "Keep-Alive", "Access-Control-Allow-Origin"}) {
      assertThat(reply.header(gone)).as(gone).isEmpty();
    }
    assertThat(reply.http().headers().allValues("X-Request-Id")).containsExactly("mine");
    assertThat(reply.http().headers().allValues("Content-Security-Policy"))
        .hasSize(1)
        .allMatch(each -> each.startsWith("default-src 'none'"));
    assertThat(reply.header("Retry-After")).contains("3");
    assertThat(reply.header("Cache-Control")).contains("no-store");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404, 409, 422, 429, 500, 503})
  void a_problem_of_etl_service_is_told_under_the_path_that_was_asked(int status) {
    ETL.answer(
        Recorder.says(
            status,
            "application/problem+json",
            "{\"type\":\"/problems/x\",\"status\":%d,\"code\":\"X\",\"instance\":\"/api/v1/jobs/7\"}"
                .formatted(status)));

    var reply = signedIn(Role.VIEWER).get(JOBS + "/7");

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.code()).isEqualTo("X");
    assertThat(reply.json().path("instance").asString()).isEqualTo(JOBS + "/7");
    assertThat(reply.header("X-Content-Type-Options")).contains("nosniff");
  }

  @ParameterizedTest
  @CsvSource({
    "401, application/problem+json, {\"code\":\"WRONG_SIGNATURE\"}, ETL_REFUSES_GATEWAY",
    "403, application/problem+json, {\"code\":\"FOREIGN_ADDRESS\"}, ETL_REFUSES_GATEWAY",
    "401, text/plain, no, ETL_REFUSES_GATEWAY",
    "302, text/plain, away, ETL_UNINTELLIGIBLE",
    "400, text/html, <html>, ETL_UNINTELLIGIBLE",
    "500, text/html, <html>, ETL_UNINTELLIGIBLE",
    "500, application/problem+json, <html>, ETL_UNINTELLIGIBLE",
  })
  void what_only_concerns_the_services_themselves_is_502(
      int status, String type, String body, String code) {
    ETL.answer(Recorder.says(status, type, body, "Location: http://127.0.0.1:1/elsewhere"));

    var reply = signedIn(Role.VIEWER).get(JOBS);

    assertThat(reply.status()).isEqualTo(502);
    assertThat(reply.code()).isEqualTo(code);
    assertThat(reply.header("Location")).isEmpty();
    assertThat(ETL.seen()).hasSize(1);
  }

  @Test
  void asking_for_the_headers_alone_gives_those() throws IOException {
    var answer =
        RawHttp.send(
            port, "HEAD " + JOBS, "Cookie: pulse=" + signedIn(Role.VIEWER).cookie("pulse"));

    assertThat(answer).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n");
    assertThat(ETL.last().method()).isEqualTo("HEAD");
  }
}
