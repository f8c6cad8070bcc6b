package dev.pulse.etl.proofs;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.alerts.Receiver;
import dev.pulse.local.Simulator;
import dev.pulse.local.postgres.LocalPostgres;
import dev.pulse.local.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything that can hold a secret holds a canary, the service does all it can, and tells of it as
 * much as it can: none of the canaries may be in anything that comes out of it.
 */
@Execution(ExecutionMode.CONCURRENT)
class CanaryTest {

  private static final String REASON = "{\"reason\":\"a test\"}";

  @TempDir Path folder;
  private final Canaries canaries = new Canaries();
  private final List<Long> jobs = new ArrayList<>();
  private Simulator simulator;
  private CanaryConnections connections;
  private EtlProcess node;
  private Told told;
  private JdbcClient jdbc;

  @BeforeEach
  void a_node_that_tells_all() throws IOException {
    simulator = Simulator.start(new World(11, 60, Clock.systemUTC()), 0);
    var database = LocalPostgres.shared().freshDatabase();
    jdbc = JdbcClient.create(new DriverManagerDataSource(database, "postgres", "postgres"));
    var bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    var key = Base64.getEncoder().encodeToString(bytes);
    canaries.add("the key of all keys", key);
    var keys = Files.writeString(folder.resolve("keys"), "k:" + key);
    node =
        EtlProcess.start(
            database,
            keys,
            folder.resolve("console.log"),
            Map.of("SPRING_MAIL_PASSWORD", canaries.plant("the password of the mail server")),
            "--logging.file.name=" + folder.resolve("node.jsonl"),
            "--logging.logback.rollingpolicy.max-file-size=1GB", // so that nothing is packed
            "--logging.level.root=DEBUG",
            "--logging.level.org.springframework.web=TRACE",
            "--logging.level.org.springframework.jdbc=TRACE",
            "--logging.level.org.apache=TRACE",
            "--logging.level.org.hibernate.orm.jdbc.bind=TRACE",
            "--spring.mail.host=127.0.0.1",
            "--spring.mail.port=9",
            "--spring.mail.username=pulse",
            "--pulse.alerts.mail-from=pulse@example.com",
            "--pulse.ingest.backoff=20ms",
            "--pulse.sources.deadline=5s",
            "--pulse.sources.proxied-hosts=source.example",
            "--pulse.sources.outage.probe-after=10ms",
            "--pulse.sources.outage.probe-at-least-every=20ms");
    told = new Told(node);
    connections = new CanaryConnections(simulator, canaries);
  }

  @AfterEach
  void nothing_is_left() {
    connections.close();
    told.close();
    node.kill();
    simulator.close();
  }

  @Test
  void canaries_planted_in_every_credential_header_and_error_body_are_found_nowhere()
      throws IOException {
    node.awaitReady();
    told.listen("api/v1/events");
    assertAllSecretsArePlanted();

    MisplacedSecrets.send(told, canaries);
    connections.each(this::connect);
    startAll("FINISHED");
    for (long job : jobs) rewind(job);
    startAll("FINISHED");
    for (var echo : Echo.ALL) fail(echo);
    connections.answer(null);
    for (long job : jobs) rewind(job);
    startAll("FINISHED");
    tellByWebhookAndMail();
    goThroughProxies();
    askForEverything();

    assertThat(told.events()).contains("event: snapshot", "event: run");
    told.assertThereIsNo("env", "heapdump", "threaddump", "loggers", "configprops", "beans");
    told.assertThereIsNo("httpexchanges", "logfile", "mappings", "startup", "conditions");
    assertNothingCameOut();
  }

  private void assertAllSecretsArePlanted() {
    for (var form : told.json("GET", "api/v1/connectors", "").path("items")) {
      var connector = form.path("id").asString();
      if (connector.equals("toy")) continue; // it is of other tests
      var secrets =
          form.path("form")
              .path("fields")
              .valueStream()
              .filter(field -> field.path("type").asString("").equalsIgnoreCase("secret"))
              .map(field -> field.path("name").asString())
              .toList();
      assertThat(connections.secrets(connector)).as(connector).containsOnlyKeys(secrets);
    }
  }

  private void connect(String connector, Map<String, Object> body) {
    var json = JsonMapper.shared().writeValueAsString(body);
    for (var what : List.of("check", "discover", "estimate")) {
      told.json("POST", "api/v1/connections/" + what, json);
    }
    var saved = told.json("POST", "api/v1/connections", json);
    long id = saved.path("id").asLong();
    assertThat(id).as(connector + ": " + saved).isPositive();
    jobs.add(id);
    for (var what : List.of("check", "discover", "estimate")) {
      told.json("POST", "api/v1/connections/%d/%s".formatted(id, what), "");
    }
  }

  private void startAll(String... ends) {
    for (long job : jobs) told.json("POST", "api/v1/jobs/%d/start".formatted(job), "");
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> jobs.stream().allMatch(job -> List.of(ends).contains(state(job))));
  }

  /** WAITING = its source asked for a pause. */
  private String state(long job) {
    var now = told.json("GET", "api/v1/jobs/" + job, "");
    var state = now.path("state").asString();
    boolean waits = state.equals("PENDING") && !now.path("reason").asString("").isEmpty();
    return waits ? "WAITING" : state;
  }

  private void rewind(long job) {
    told.json(
        "POST",
        "api/v1/jobs/%d/checkpoints/rewind".formatted(job),
        "{\"to\":\"2020-01-01T00:00:00Z\",\"reason\":\"a test\"}");
  }

  private void fail(Echo echo) {
    connections.answer(echo);
    connections.each(
        (connector, body) ->
            told.json(
                "POST", "api/v1/connections/check", JsonMapper.shared().writeValueAsString(body)));
    for (long job : jobs) {
      told.json("POST", "api/v1/connections/%d/check".formatted(job), "");
    }
    startAll("FAILED", "WAITING", "FINISHED");
    for (long job : jobs) told.json("POST", "api/v1/jobs/%d/stop".formatted(job), REASON);
    await().until(() -> jobs.stream().noneMatch(job -> state(job).equals("RUNNING")));
  }

  private void tellByWebhookAndMail() {
    var source = connections.source("aha");
    source.answer(new Echo(500, "text/html", "<p>PAGE</p>", false));
    try (var receiver = new Receiver()) {
      for (var url : List.of(receiver.url(), source.url().toString())) {
        var secret = canaries.plant("the secret of an alert");
        var alert =
            Map.of(
                "name",
                "Alert " + url.length(),
                "channel",
                "WEBHOOK",
                "url",
                url,
                "secret",
                secret,
                "conditions",
                List.of("JOB_FAILED"));
        var json = JsonMapper.shared().writeValueAsString(alert);
        long id = told.json("POST", "api/v1/alerts", json).path("id").asLong();
        assertThat(id).isPositive();
        told.json("POST", "api/v1/alerts/%d/test".formatted(id), "");
        told.json("PUT", "api/v1/alerts/" + id, json.replace("JOB_FAILED", "JOB_UNKNOWN"));
      }
      assertThat(receiver.received()).isNotEmpty();
    }
    var mail =
        "{\"name\":\"Mail\",\"channel\":\"MAIL\",\"to\":[\"a@example.com\"],\"conditions\":[\"JOB_FAILED\"]}";
    long id = told.json("POST", "api/v1/alerts", mail).path("id").asLong();
    told.json("POST", "api/v1/alerts/%d/test".formatted(id), "");
  }

  /** One that lets nobody in, and one that lets nobody through; both say whom. */
  private void goThroughProxies() throws IOException {
    for (var status : List.of("407 Who?", "502 No")) {
      try (var proxy = new EchoingProxy(status)) {
        var password = canaries.plant("the password of a proxy");
        var body = new HashMap<>(connections.body("aha"));
        var secrets = new HashMap<>(connections.secrets("aha"));
        secrets.put("proxyPassword", password);
        body.put("name", "by proxy " + status);
        body.put("settings", Map.of("baseUrl", "https://source.example"));
        body.put("secrets", secrets);
        body.put("network", Map.of("proxy", proxy.url("pulse")));
        var json = JsonMapper.shared().writeValueAsString(body);
        told.json("POST", "api/v1/connections/check", json);
        long id = told.json("POST", "api/v1/connections", json).path("id").asLong();
        told.json("POST", "api/v1/connections/%d/check".formatted(id), "");
        assertThat(proxy.heard()).as("the password went out").contains("pulse:" + password);
      }
    }
  }

  private void askForEverything() {
    told.everyGet(
        Map.of(
            "{file}", List.of("node.jsonl"),
            "{id}", jdbc.sql("select id::text from etl.job").query(String.class).list(),
            "runs/{id}", jdbc.sql("select id::text from etl.run").query(String.class).list(),
            "alerts/{id}", jdbc.sql("select id::text from etl.alert").query(String.class).list(),
            "quarantine/{id}",
                jdbc.sql("select id::text from etl.quarantine").query(String.class).list()));
  }

  private void assertNothingCameOut() throws IOException {
    connections.each(
        (connector, _) ->
            assertThat(connections.source(connector).sent())
                .as("%s was asked with its credentials", connector)
                .isNotEmpty());
    canaries.lookInto("an answer", told.all());
    canaries.lookInto("an event", told.events());
    for (var file : List.of("console.log", "node.jsonl")) {
      var text = Files.readString(folder.resolve(file));
      assertThat(text).as(file).contains("DEBUG");
      canaries.lookInto(file, text);
    }
    var dump = dump();
    assertThat(dump.lines()).hasSizeGreaterThan(1_000);
    canaries.lookInto("the database", dump);
    assertThat(jdbc.sql("select secrets::text from etl.connection").query(String.class).list())
        .isNotEmpty()
        .allMatch(secrets -> secrets.contains("v1.k."));
    assertThat(canaries.found()).isEmpty();
  }

  /** All rows of all tables, as text. */
  private String dump() {
    return jdbc
        .sql(
            """
            select quote_ident(table_schema) || '.' || quote_ident(table_name)
            from information_schema.tables
            where table_schema not in ('pg_catalog', 'information_schema')
              and table_type = 'BASE TABLE'
            """)
        .query(String.class)
        .list()
        .stream()
        .map(table -> jdbc.sql("select '%1$s ' || t::text from %1$s t".formatted(table)))
        .flatMap(rows -> rows.query(String.class).list().stream())
        .collect(joining("\n"));
  }
}
