package dev.pulse.etl.platform.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pulse.etl.connectors.toy.ToyBox;
import dev.pulse.etl.platform.access.Gateway.Sent;
import dev.pulse.etl.runs.Node.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only what the gateway has signed, just now and once, is obeyed. */
class SignedRequestsTest extends SignedNodesTest {

  private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
  private static final String PAUSE = "{\"reason\":\"the source moves\"}";

  @Test
  void what_was_signed_is_obeyed_in_the_name_of_whom_it_was_sent_for() {
    try (var box = new ToyBox()) {
      long job = connect(box);

      assertThat(admin.get(b, "jobs/" + job).status()).isEqualTo(200);
      assertThat(admin.ask(b, "POST", "jobs/" + job + "/pause", PAUSE).status()).isEqualTo(202);

      assertThat(
              jdbc.sql(
                      "select actor || ' ' || request_id || ' ' || reason from audit_event where"
                          + " action = 'job.pause' and target_id = ?")
                  .param(Long.toString(job))
                  .query(String.class)
                  .single())
          .isEqualTo("user:7 from-the-gateway-7 the source moves");
    }
  }

  @Test
  void the_answer_carries_the_id_of_the_request_that_was_signed() throws Exception {
    var request = admin.signed("GET", "jobs", "").with("X-Request-Id", "another").to(a);

    var answer = Gateway.HTTP.send(request, BodyHandlers.ofString());

    assertThat(answer.headers().allValues("X-Request-Id")).containsExactly("from-the-gateway-7");
  }

  @Test
  void what_is_not_signed_is_refused_and_written_down() {
    long before = audited("UNSIGNED");

    var reply = a.get("jobs");

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.code()).isEqualTo("UNSIGNED");
    assertThat(reply.json().path("requestId").asString()).isNotBlank();
    assertThat(a.post("jobs/1/start").status()).isEqualTo(401);
    assertThat(audited("UNSIGNED")).isEqualTo(before + 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api;x=1/v1/jobs",
        "/%61pi/v1/jobs",
        "/api/v1/jobs;x=1",
        "//api/v1/jobs",
        "/docs/../api/v1/jobs",
        "/health/../api/v1/jobs",
        "/api/v1/nothing"
      })
  void no_spelling_of_a_path_leads_around_the_signature(String path) throws IOException {
    assertThat(raw("GET " + path, HERE, "")).doesNotStartWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(longs = {-3600, -40, 90, 3600})
  void what_is_old_or_of_the_future_is_refused(long secondsFromNow) {
    long before = audited("STALE_SIGNATURE");
    var sent = admin.signed("GET", "jobs", "", Instant.now().plusSeconds(secondsFromNow));

    var reply = sent.sendTo(a);

    assertRefused(reply, "STALE_SIGNATURE");
    assertThat(audited("STALE_SIGNATURE")).isEqualTo(before + 1);
    var told = Pattern.compile("signed (-?\\d+) seconds ago");
    assertThat(told.matcher(reply.json().path("detail").asString()).results())
        .singleElement()
        .satisfies(
            it ->
                assertThat(Long.parseLong(it.group(1)))
                    .as("how much the clocks differ")
                    .isCloseTo(-secondsFromNow, within(20L)));
  }

  @Test
  void whatever_was_changed_on_the_way_is_refused_and_written_down() {
    try (var box = new ToyBox()) {
      long job = connect(box);
      var sent = admin.signed("POST", "jobs/" + job + "/pause?x=1", PAUSE);
      var less = admin.may().sees(job).signed("POST", "jobs/" + job + "/pause?x=1", PAUSE);
      long before = audited("WRONG_SIGNATURE");

      var forged = new LinkedHashMap<String, Sent>();
      forged.put("method", changed(sent, "PUT", sent.path(), sent.query(), sent.body()));
      forged.put("path", changed(sent, "POST", sent.path() + "x", sent.query(), sent.body()));
      forged.put("query", changed(sent, "POST", sent.path(), "x=2", sent.body()));
      forged.put("no query", changed(sent, "POST", sent.path(), null, sent.body()));
      forged.put("subject", sent.with("Pulse-Subject", "user:1"));
      forged.put("more permissions", less.with("Pulse-Permissions", "jobs:control"));
      forged.put("more connections", less.with("Pulse-Connections", "*"));
      forged.put("request id", sent.with("Pulse-Request-Id", "another"));
      forged.put("content type", sent.with("Content-Type", "text/plain"));
      forged.forEach(
          (what, each) -> assertThat(each.sendTo(a).code()).as(what).isEqualTo("WRONG_SIGNATURE"));
      assertThat(audited("WRONG_SIGNATURE")).isEqualTo(before + forged.size());

      var body = "{\"reason\":\"another\"}".getBytes(StandardCharsets.UTF_8);
      assertRefused(
          changed(sent, "POST", sent.path(), sent.query(), body).sendTo(a), "BODY_CHANGED");
      assertRefused(
          changed(sent, "POST", sent.path(), sent.query(), new byte[0]).sendTo(a), "BODY_CHANGED");
      assertThat(admin.get(a, "jobs/" + job).json().path("state").asString())
          .isEqualTo("NOT_STARTED");
    }
  }

  @Test
  void what_covers_less_or_is_signed_twice_is_refused() {
    var sent = admin.signed("GET", "jobs", "");
    var input = sent.header("Signature-Input");
    var signature = sent.header("Signature");

    assertRefused(
        sent.with("Signature-Input", input.replace(" \"pulse-subject\"", "")).sendTo(a),
        "COMPONENT_NOT_SIGNED");
    assertRefused(
        sent.with("Signature", signature, signature.replace("pulse=", "other="))
            .with("Signature-Input", input, input.replace("pulse=", "other="))
            .sendTo(a),
        "MALFORMED_SIGNATURE");
    assertRefused(
        sent.with("Signature", signature + ", " + signature.replace("pulse=", "other=")).sendTo(a),
        "MALFORMED_SIGNATURE");
    assertRefused(sent.with("Pulse-Subject", "user:7", "user:1").sendTo(a), "MALFORMED_SIGNATURE");
    assertRefused(sent.with("Pulse-Api-Key", "pk_g1_guess").sendTo(a), "WRONG_API_KEY");
  }

  @Test
  void of_a_hundred_resends_to_two_nodes_one_is_obeyed() throws Exception {
    try (var box = new ToyBox()) {
      long job = connect(box);
      var sent = admin.signed("POST", "jobs/" + job + "/pause", PAUSE);
      long before = audited("REPLAYED");
      var begin = new CountDownLatch(1);
      var replies = new ArrayList<Future<Reply>>();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < 100; i++) {
          var node = i % 2 == 0 ? a : b;
          replies.add(
              threads.submit(
                  () -> {
                    begin.await();
                    return sent.sendTo(node);
                  }));
        }
        begin.countDown();
      }
      var codes = new ArrayList<String>();
      for (var each : replies) codes.add(each.get().status() + " " + each.get().code());

      assertThat(codes).filteredOn("202 "::equals).hasSize(1);
      assertThat(codes).filteredOn("401 REPLAYED"::equals).hasSize(99);
      assertThat(audited("REPLAYED")).isEqualTo(before + 99);
    }
  }

  @Test
  void reading_leaves_nothing_behind_and_old_nonces_are_forgotten() {
    jdbc.sql("delete from request_nonce").update();
    assertThat(admin.get(a, "jobs").status()).isEqualTo(200);
    assertThat(count()).isZero();

    jdbc.sql("insert into request_nonce values ('g1', 'old', clock_timestamp() - interval '1 s')")
        .update();
    a.bean(Nonces.class).forget();
    assertThat(count()).isZero();
  }

  @Test
  void while_nobody_can_tell_whether_it_is_the_first_time_nothing_is_changed() {
    jdbc.sql("alter table request_nonce rename to request_nonce_away").update();
    try {
      var reply = admin.ask(a, "POST", "jobs/4711/pause", "");

      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.code()).isEqualTo("DATABASE_AWAY");
    } finally {
      jdbc.sql("alter table request_nonce_away rename to request_nonce").update();
    }
  }

  @Test
  void from_a_foreign_address_nothing_is_answered_whatever_a_header_says() throws IOException {
    var foreign = InetAddress.ofLiteral("127.0.0.2");
    assumeThat(canSendFrom(foreign)).isTrue();
    long before = audited("FOREIGN_ADDRESS");
    var headers = new StringBuilder("X-Forwarded-For: 127.0.0.1\r\nForwarded: for=127.0.0.1\r\n");
    admin
        .signed("GET", "jobs", "")
        .headers()
        .forEach((name, values) -> headers.append(name + ": " + values.getFirst() + "\r\n"));

    assertThat(raw("GET /api/v1/jobs", foreign, headers.toString()))
        .startsWith("HTTP/1.1 403")
        .contains("FOREIGN_ADDRESS");
    assertThat(raw("GET /v3/api-docs", foreign, "")).startsWith("HTTP/1.1 403");
    assertThat(raw("GET /health/ready", foreign, "")).startsWith("HTTP/1.1 200");
    assertThat(audited("FOREIGN_ADDRESS")).isEqualTo(before + 2);
    assertThat(raw("GET /api/v1/jobs", HERE, headers.toString())).startsWith("HTTP/1.1 200");
  }

  @Test
  void the_documentation_is_read_without_a_signature_on_the_same_machine() throws Exception {
    var uri = URI.create(a.url()).resolve("/v3/api-docs");

    assertThat(
            Gateway.HTTP
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void a_body_too_large_to_be_looked_at_is_refused() {
    var reply = admin.ask(a, "POST", "jobs/4711/pause", "\"" + "x".repeat(1024 * 1024) + "\"");

    assertThat(reply.status()).isEqualTo(413);
  }

  private static Sent changed(
      Sent sent, String method, String path, @Nullable String query, byte[] body) {
    return new Sent(method, path, query, sent.headers(), body);
  }

  static void assertRefused(Reply reply, String code) {
    assertThat(reply.code()).as(reply.json().toString()).isEqualTo(code);
    assertThat(reply.status()).isEqualTo(401);
  }

  private long count() {
    return jdbc.sql("select count(*) from request_nonce").query(Long.class).single();
  }

  private static boolean canSendFrom(InetAddress address) {
    try (var socket = new Socket()) {
      socket.bind(new InetSocketAddress(address, 0));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private String raw(String what, InetAddress from, String headers) throws IOException {
    try (var socket = new Socket()) {
      socket.bind(new InetSocketAddress(from, 0));
      socket.connect(new InetSocketAddress(HERE, URI.create(a.url()).getPort()));
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              "%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n"
                  .formatted(what, headers)
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
