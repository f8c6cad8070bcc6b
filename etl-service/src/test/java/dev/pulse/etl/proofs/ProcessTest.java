package dev.pulse.etl.proofs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.SourceProxy;
import dev.pulse.etl.StoredRows;
import dev.pulse.etl.connectors.TestedSource;
import dev.pulse.etl.connectors.github.TestedGitHub;
import dev.pulse.etl.connectors.jira.TestedJira;
import dev.pulse.local.Simulator;
import dev.pulse.local.faults.Fault;
import dev.pulse.local.faults.Fault.Kind;
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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Real processes of the service on one database, with two simulated sources to read. What they have
 * stored in the end is compared with the world, and with what nodes store that nobody disturbs.
 */
abstract class ProcessTest {

  private static final int SCALE = 1_200;

  @TempDir protected Path folder;
  protected final Random random = new Random(20260301);
  protected Simulator simulator;
  protected SourceProxy proxy;
  protected List<TestedSource> sources = List.of();
  private JdbcClient jdbc;
  private String database = "";
  private final List<EtlProcess> nodes = new ArrayList<>();
  private Path keys;

  @BeforeEach
  void a_source_and_a_database() throws IOException {
    simulator = Simulator.start(new World(11, SCALE, Clock.systemUTC()), 0);
    proxy = new SourceProxy(simulator.url(""));
    sources = List.of(new TestedJira(simulator), new TestedGitHub(simulator));
    database = database();
    jdbc =
        JdbcClient.create(
            new DriverManagerDataSource(
                database + "?currentSchema=etl&socketTimeout=60", "postgres", "postgres"));
    var key = new byte[32];
    new SecureRandom().nextBytes(key);
    keys =
        Files.writeString(folder.resolve("keys"), "k:" + Base64.getEncoder().encodeToString(key));
  }

  @AfterEach
  void no_source() {
    nodes.forEach(EtlProcess::kill); // those that a failed test has left
    proxy.close();
    simulator.close();
  }

  /** URL of an empty database, for user and password {@code postgres}. */
  protected String database() throws IOException {
    return LocalPostgres.shared().freshDatabase();
  }

  protected final EtlProcess start() {
    return start(Map.of());
  }

  /**
   * Starts a node.
   *
   * @param environment what the process finds in it besides what this one does
   */
  protected final EtlProcess start(Map<String, String> environment) {
    var node = EtlProcess.start(database, keys, folder.resolve("etl.log"), environment);
    nodes.add(node);
    return node.awaitReady();
  }

  /** Makes both connections and starts their first sync. */
  protected final void connect(EtlProcess node) {
    for (var source : sources) {
      create(node, source.name(), source.settings(proxy.url(source.name())));
    }
  }

  private static void create(EtlProcess node, String connector, Map<String, String> settings) {
    var body =
        JsonMapper.shared()
            .writeValueAsString(
                Map.of(
                    "connector", connector,
                    "name", connector,
                    "settings", settings,
                    "secrets", Map.of("token", Simulator.TOKEN)));
    long id = node.api("POST", "connections", body).path("id").asLong();
    node.api("POST", "jobs/" + id + "/start", "");
  }

  /** Each answer takes so long, so that a sync is still going on when something happens to it. */
  protected final void slow(int milliseconds) {
    for (var source : sources) {
      simulator.faults().add(Fault.of(Kind.SLOW, source.name()).number(milliseconds));
    }
  }

  /** So that what happens next hits a sync again. */
  protected final void restartFromScratch(EtlProcess node) {
    for (var table :
        List.of(
            "checkpoint",
            "owed",
            "run_stream",
            "work_item",
            "work_item_change",
            "comment",
            "pull_request",
            "commit",
            "review")) {
      jdbc.sql("delete from " + table).update();
    }
    proxy.forget();
    startAll(node);
  }

  protected final void startAll(EtlProcess node) {
    for (long job : jobs()) node.api("POST", "jobs/" + job + "/start", "");
  }

  /** All is read although runs were interrupted, and all of it is true. */
  protected final void awaitTruth() {
    assertThat(count("select max(attempts) from run"))
        .as("some runs were interrupted")
        .isGreaterThan(1);
    awaitFinished();
    for (var source : sources) source.assertEqualToWorld(jdbc, job(source));
    assertThat(count("select count(*) from run_lease where expires > clock_timestamp()")).isZero();
    assertThat(texts("select distinct stream from owed")).isSubsetOf(streamsThatStayOpen());
    assertThat(count("select count(*) from run where state in ('RUNNING', 'WAITING')")).isZero();
    assertThat(count("select count(*) from quarantine")).isZero();
    assertEveryStepWasAPage();
  }

  /** Whoever had lost a run has moved none of its checkpoints. */
  private void assertEveryStepWasAPage() {
    assertThat(
            texts(
                """
                select c.connection_id || ' ' || c.stream || ' ' || c.partition || ' is at ' || c.version
                  || ' after ' || s.pages
                from checkpoint c
                join (
                  select r.job_id, s.stream, s.partition, sum(s.pages) as pages
                  from run_stream s
                  join run r on r.id = s.run_id
                  group by 1, 2, 3) s
                  on s.job_id = c.connection_id and s.stream = c.stream and s.partition = c.partition
                where c.version <> s.pages
                """))
        .isEmpty();
  }

  /** The same once more, by connections that nobody disturbs. */
  protected final void compareWithUndisturbed(EtlProcess node) {
    var disturbed = sources.stream().map(each -> StoredRows.of(jdbc, job(each))).toList();
    for (long job : jobs()) node.api("DELETE", "connections/" + job, "");
    jdbc.sql("delete from scope_element").update();
    connect(node);
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> jobs().size() == sources.size() && allFinished());
    for (int i = 0; i < sources.size(); i++) {
      assertThat(disturbed.get(i).count()).isPositive();
      disturbed.get(i).assertEqualTo(StoredRows.of(jdbc, job(sources.get(i))));
    }
  }

  protected final void awaitFinished() {
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptions() // the database may be on its way back
        .until(this::allFinished);
  }

  protected final boolean allFinished() {
    return count("select count(*) from job where state <> 'FINISHED'") == 0;
  }

  /** How many runs a node holds. */
  protected final long held(EtlProcess node) {
    return count(
        "select count(*) from run_lease where expires > clock_timestamp() and owner like '"
            + node.pid()
            + "@%'");
  }

  protected final long count(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }

  protected final List<String> texts(String sql) {
    return jdbc.sql(sql).query(String.class).list();
  }

  /** The instant at which something happens is not waited for but drawn. */
  protected final void pause(int least, int most) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(least + random.nextInt(most - least)));
  }

  private long job(TestedSource source) {
    return jdbc.sql("select id from connection where connector = ?")
        .param(source.name())
        .query(Long.class)
        .single();
  }

  protected final List<Long> jobs() {
    return jdbc.sql("select id from job order by id").query(Long.class).list();
  }

  /** What is unfinished at a source is owed until it is finished there. */
  private List<String> streamsThatStayOpen() {
    return sources.stream().flatMap(each -> each.streamsThatStayOpen().stream()).toList();
  }
}
