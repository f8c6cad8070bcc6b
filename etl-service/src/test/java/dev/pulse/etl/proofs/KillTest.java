package dev.pulse.etl.proofs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.SourceProxy;
import dev.pulse.etl.SourceProxy.Asked;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.json.JsonMapper;

/** The real service is killed, or frozen and overtaken, at random instants of a sync. */
@Execution(ExecutionMode.CONCURRENT)
class KillTest {

  private static final int SCALE = 1_200;

  @TempDir Path folder;
  private final Random random = new Random(20260301);
  private String database = "";
  private JdbcClient jdbc;
  private Simulator simulator;
  private SourceProxy proxy;
  private List<TestedSource> sources = List.of();
  private final List<EtlProcess> nodes = new ArrayList<>();
  private Path keys;

  @BeforeEach
  void a_source_and_a_database() throws IOException {
    simulator = Simulator.start(new World(11, SCALE, Clock.systemUTC()), 0);
    proxy = new SourceProxy(simulator.url(""));
    sources = List.of(new TestedJira(simulator), new TestedGitHub(simulator));
    database = LocalPostgres.shared().freshDatabase();
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

  @Test
  void five_kills_lose_nothing_and_double_nothing() {
    killAndCompare(5);
  }

  @Test
  @Tag("long")
  void thirty_kills_lose_nothing_and_double_nothing() {
    killAndCompare(30);
  }

  @Test
  void three_frozen_nodes_write_nothing_when_they_wake() {
    freezeAndCompare(3);
  }

  @Test
  @Tag("long")
  void twenty_five_frozen_nodes_write_nothing_when_they_wake() {
    freezeAndCompare(25);
  }

  private void killAndCompare(int kills) {
    simulator.faults().add(Fault.of(Kind.SLOW, "jira").number(60));
    simulator.faults().add(Fault.of(Kind.SLOW, "github").number(60));
    var node = start();
    connect(node);
    int inThisSync = 0;
    for (int kill = 0; kill < kills; kill++) {
      if (allFinished()) {
        assertFewPagesReadAgain(inThisSync);
        inThisSync = 0;
        restartFromScratch(node);
      }
      pause(100 + random.nextInt(900));
      node.kill();
      inThisSync++;
      node = start();
    }
    simulator.faults().clear();
    awaitTruth();
    assertFewPagesReadAgain(inThisSync);
    compareWithUndisturbed(node);
    node.close();
  }

  /** A node is stopped in mid-run until another has taken its runs over, and then wakes up. */
  private void freezeAndCompare(int rounds) {
    simulator.faults().add(Fault.of(Kind.SLOW, "jira").number(80));
    simulator.faults().add(Fault.of(Kind.SLOW, "github").number(80));
    var first = start();
    var second = start();
    connect(first);
    for (int round = 0; round < rounds; round++) {
      if (allFinished()) restartFromScratch(second);
      var frozen = round % 2 == 0 ? first : second;
      pause(200 + random.nextInt(600));
      frozen.signal("STOP");
      var tokens = tokens();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> allFinished() || !ownedBy(frozen.pid()) || !tokens().equals(tokens));
      frozen.signal("CONT");
    }
    simulator.faults().clear();
    awaitTruth();
    compareWithUndisturbed(first);
    first.close();
    second.close();
  }

  private EtlProcess start() {
    var node = EtlProcess.start(database, keys, folder.resolve("etl.log"));
    nodes.add(node);
    return node.awaitReady();
  }

  private void connect(EtlProcess node) {
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

  /** So that the next kill hits a sync again. */
  private void restartFromScratch(EtlProcess node) {
    for (var table :
        List.of(
            "checkpoint",
            "owed",
            "work_item",
            "work_item_change",
            "comment",
            "pull_request",
            "commit",
            "review")) {
      jdbc.sql("delete from " + table).update();
    }
    proxy.forget();
    for (long job : jobs()) node.api("POST", "jobs/" + job + "/start", "");
  }

  /**
   * A kill costs two pages of every partition that was being read at the most: the one being stored
   * and the one read ahead. Two runs read four partitions each.
   */
  private void assertFewPagesReadAgain(int kills) {
    var pages =
        proxy.asked().stream()
            .filter(asked -> sources.stream().anyMatch(source -> source.readsPage(asked)))
            .map(Asked::text)
            .toList();
    int again = pages.size() - new HashSet<>(pages).size();
    assertThat(pages).isNotEmpty();
    assertThat(again).as("pages read again").isLessThanOrEqualTo(kills * 2 * 4 * 2);
  }

  /** The same once more, by connections that nobody disturbs. */
  private void compareWithUndisturbed(EtlProcess node) {
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

  private long job(TestedSource source) {
    return jdbc.sql("select id from connection where connector = ?")
        .param(source.name())
        .query(Long.class)
        .single();
  }

  private void awaitTruth() {
    assertThat(count("select max(attempts) from run"))
        .as("some runs were interrupted")
        .isGreaterThan(1);
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(200))
        .until(this::allFinished);
    for (var source : sources) source.assertEqualToWorld(jdbc, job(source));
    assertThat(count("select count(*) from run_lease where expires > clock_timestamp()")).isZero();
    assertThat(streamsInDebt()).isSubsetOf(streamsThatStayOpen());
    assertThat(count("select count(*) from run where state in ('RUNNING', 'WAITING')")).isZero();
    assertThat(count("select count(*) from quarantine")).isZero();
  }

  private List<String> streamsInDebt() {
    return jdbc.sql("select distinct stream from owed").query(String.class).list();
  }

  /** What is unfinished at a source is owed until it is finished there. */
  private List<String> streamsThatStayOpen() {
    return sources.stream().flatMap(each -> each.streamsThatStayOpen().stream()).toList();
  }

  private boolean allFinished() {
    return count("select count(*) from job where state <> 'FINISHED'") == 0;
  }

  private List<Long> jobs() {
    return jdbc.sql("select id from job order by id").query(Long.class).list();
  }

  private boolean ownedBy(long pid) {
    return count("select count(*) from run_lease where owner like '" + pid + "@%'") > 0;
  }

  private List<String> tokens() {
    return jdbc.sql("select run_id || ':' || token from run_lease order by run_id")
        .query(String.class)
        .list();
  }

  private long count(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }

  /** The instant of a kill is not waited for but drawn. */
  private static void pause(int millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
