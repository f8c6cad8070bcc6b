package dev.pulse.etl.connectors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.SourceProxy.Answered;
import dev.pulse.etl.SourceProxy.Asked;
import dev.pulse.local.Simulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** That a credential is seen by its source only, even where the source sends it back. */
@ExtendWith(OutputCaptureExtension.class)
abstract class SecretContract extends ContentContract {

  private static final String CANARY = "canary-7c41e0f2b9";
  private static final List<String> LOGGERS = List.of("dev.pulse", "org.apache.hc.client5");

  @Autowired private LoggingSystem logging;
  private final StringBuilder shown = new StringBuilder();

  /** How each other credential begins that was sent, such as one signed for a single request. */
  private final Set<String> others = ConcurrentHashMap.newKeySet();

  @Test
  void a_secret_that_the_source_sends_back_is_shown_nowhere(CapturedOutput output) {
    LOGGERS.forEach(name -> logging.setLogLevel(name, LogLevel.DEBUG));
    try {
      proxy().answer((asked, from) -> from.answer(signedIn(asked)));
      create();
      for (var echo : echoes()) {
        runAgainst(echo, false);
        runAgainst(echo, true);
      }
      quarantineOne();
    } finally {
      LOGGERS.forEach(name -> logging.setLogLevel(name, null));
    }

    for (var secret : forms()) {
      assertThat(shown.indexOf(secret)).as("in an answer: %s", around(shown, secret)).isNegative();
      assertThat(output.getAll().indexOf(secret))
          .as("in the log: %s", around(output.getAll(), secret))
          .isNegative();
      assertThat(stored(secret)).isEmpty();
    }
    assertThat(output.getAll()).as("the log was not empty").contains("DEBUG");
    assertThat(texts("select raw from quarantine where connection_id = ?")).isNotEmpty();
  }

  /** An answer that has the secret wherever there is text. */
  private record Echo(int status, String type, String body, boolean limit) {}

  private static List<Echo> echoes() {
    var json = "application/json";
    var words =
        JsonMapper.shared()
            .writeValueAsString(
                Map.of(
                    "message", "no " + CANARY,
                    "errorMessages", List.of("no " + CANARY),
                    "errors", Map.of("field-" + CANARY, "no " + CANARY)));
    var echoes = new ArrayList<Echo>();
    for (int status : List.of(301, 400, 401, 403, 404, 410, 503)) {
      echoes.add(new Echo(status, json, words, false));
    }
    echoes.add(new Echo(404, "text/html", "<p>" + CANARY + "</p>", false));
    echoes.add(new Echo(200, "text/html", "<p>" + CANARY + "</p>", false));
    echoes.add(new Echo(200, json, "{\"values\": \"" + CANARY, false));
    echoes.add(new Echo(200, json, words, false));
    for (var type : List.of("", CANARY, "FORBIDDEN", "RATE_LIMITED")) {
      var body =
          "{\"data\": null, \"errors\": [{\"type\": \"%s\", \"message\": \"no %s\"}]}"
              .formatted(type, CANARY);
      echoes.add(new Echo(200, json, body, type.equals("RATE_LIMITED")));
    }
    echoes.add(new Echo(429, json, words, true));
    return echoes;
  }

  /**
   * A run against a source that answers so: everything, or only pages of records. A limit is told
   * once, since the run goes on by itself.
   */
  private void runAgainst(Echo echo, boolean pagesOnly) {
    var told = new AtomicBoolean();
    proxy()
        .answer(
            (asked, from) ->
                (!pagesOnly || source.readsPage(asked)) && !(echo.limit && told.getAndSet(true))
                    ? answer(echo, asked)
                    : from.answer(signedIn(asked)));
    if (!pagesOnly) {
      shown.append(api("POST", "connections/check", body(CANARY)).json());
      shown.append(api("POST", "connections/discover", body(CANARY)).json());
      shown.append(api("POST", "connections/" + connection + "/check", "").json());
      told.set(false);
    }
    jdbc.sql("delete from rate_budget").update();
    start();
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> List.of("FAILED", "FINISHED").contains(state()) || waiting());
    look();
    proxy().answer((asked, from) -> from.answer(signedIn(asked)));
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> List.of("FAILED", "FINISHED").contains(state()));
  }

  private boolean waiting() {
    return job().path("state").asString().equals("PENDING")
        && !job().path("reason").asString("").isEmpty();
  }

  private void quarantineOne() {
    changing(
        records -> {
          var fields = source.fields((ObjectNode) records.get(0));
          fields.putObject(source.names().title()).put("token", CANARY);
          return true;
        });
    var changed = proxy().rule();
    proxy().answer((asked, from) -> changed.answer(signedIn(asked), from));
    source.change(source.count());
    start();
    awaitEnd("FINISHED");
    look();
  }

  private void look() {
    var run = job().path("runId").asLong();
    for (var path :
        List.of(
            "connections",
            "connections/" + connection,
            "jobs/status",
            "jobs/" + connection,
            "jobs/" + connection + "/runs",
            "jobs/" + connection + "/checkpoints",
            "jobs/" + connection + "/coverage",
            "runs/" + run,
            "runs/" + run + "/streams",
            "runs/" + run + "/errors",
            "runs/" + run + "/events",
            "runs/" + run + "/log",
            "jobs/" + connection + "/errors",
            "audit",
            "budgets",
            "quarantine?connection=" + connection)) {
      shown.append(api("GET", path, "").json());
    }
    for (var id : texts("select id::text from quarantine where connection_id = ?")) {
      shown.append(api("GET", "quarantine/" + id, "").json());
    }
  }

  private void create() {
    var reply = api("POST", "connections", body(CANARY));
    assertThat(reply.status()).as(reply.json().toString()).isEqualTo(201);
    shown.append(reply.json());
    connection = reply.json().path("id").asLong();
  }

  private Answered answer(Echo echo, Asked asked) {
    var sent = sent(asked);
    var headers = new HashMap<String, String>();
    headers.put("content-type", echo.type);
    for (var name :
        List.of(
            "www-authenticate",
            "location",
            "ratelimit-reason",
            "x-accepted-github-permissions",
            "x-github-request-id",
            "x-arequestid",
            "warning")) {
      headers.put(name, sent);
    }
    if (echo.limit) headers.put("retry-after", "1");
    headers.replaceAll((name, value) -> value.replace(CANARY, sent));
    return new Answered(echo.status, headers, echo.body.replace(CANARY, sent));
  }

  /** The credential of a request. */
  private String sent(Asked asked) {
    var parts = asked.headers().getOrDefault("authorization", "").split(" ", 2);
    if (parts.length < 2 || parts[0].equals("Basic") || parts[1].equals(CANARY)) return CANARY;
    others.add(parts[1].substring(0, Math.min(parts[1].length(), 20)));
    return parts[1];
  }

  /** The request with the credentials that the simulated source knows. */
  private Asked signedIn(Asked asked) {
    if (source.accepts(CANARY)) return asked;
    var given = asked.headers().getOrDefault("authorization", "");
    var parts = given.split(" ", 2);
    if (!parts[0].equals("Basic")) {
      return asked.with("authorization", given.replace(CANARY, Simulator.TOKEN));
    }
    var plain = new String(Base64.getDecoder().decode(parts[1]), UTF_8);
    var known = plain.replace(CANARY, Simulator.TOKEN).getBytes(UTF_8);
    return asked.with("authorization", "Basic " + Base64.getEncoder().encodeToString(known));
  }

  /** The secret as it was entered, and as it travels. */
  private List<String> forms() {
    var pair = ("demo@acme.example:" + CANARY).getBytes(UTF_8);
    var forms = new ArrayList<>(others);
    forms.add(CANARY);
    forms.add(Base64.getEncoder().encodeToString(pair));
    forms.add(Base64.getEncoder().encodeToString(CANARY.getBytes(UTF_8)));
    return forms;
  }

  /** The tables that hold a text anywhere. */
  private List<String> stored(String text) {
    var tables =
        jdbc.sql(
                "select table_name from information_schema.tables where table_schema = 'etl' and"
                    + " table_type = 'BASE TABLE'")
            .query(String.class)
            .list();
    return tables.stream()
        .filter(
            table ->
                jdbc.sql(
                        "select exists (select from %s t where position(? in t::text) > 0)"
                            .formatted(table))
                    .param(text)
                    .query(Boolean.class)
                    .single())
        .toList();
  }

  private static String around(CharSequence text, String secret) {
    int at = text.toString().indexOf(secret);
    return at < 0 ? "" : text.subSequence(Math.max(0, at - 300), at).toString();
  }
}
