package dev.pulse.etl.platform.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.etl.EtlTest;
import dev.pulse.etl.StoredJob;
import dev.pulse.model.signing.Identity;
import dev.pulse.model.signing.VisibleConnections;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Queries that have forgotten to ask for what their caller sees. */
class RowSecurityTest extends EtlTest {

  private static final long OWN = 850_001;
  private static final long FOREIGN = 850_002;
  private static final VisibleConnections NONE = VisibleConnections.only(List.of());
  private static final VisibleConnections ONE = VisibleConnections.only(List.of(OWN));
  private static final VisibleConnections OTHER = VisibleConnections.only(List.of(FOREIGN));
  private static final VisibleConnections BOTH = VisibleConnections.only(List.of(OWN, FOREIGN));

  /** Nobody who sees only some connections reads them at all. */
  private static final Set<String> CLOSED =
      Set.of(
          "alert",
          "alert_incident",
          "alert_message",
          "audit_event",
          "flyway_schema_history",
          "qrtz_calendars",
          "qrtz_job_details",
          "qrtz_locks",
          "qrtz_paused_trigger_grps",
          "qrtz_scheduler_state",
          "request_nonce",
          "rotating_token",
          "watch");

  private static final Set<String> TOLD_TO_EVERYBODY = Set.of("orchestrator", "orchestrator_load");

  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;
  @Autowired ApplicationContext context;

  @BeforeEach
  void a_row_of_each_of_two_connections_in_every_table() {
    for (long each : List.of(OWN, FOREIGN)) {
      StoredJob.insert(jdbc, each, "Locked " + each);
      jdbc.sql("update job set budget_keys = array[?] where id = ?")
          .params("x" + each, each)
          .update();
      jdbc.sql(
              "insert into run (id, job_id, state) overriding system value values (?, ?,"
                  + " 'FINISHED')")
          .params(each, each)
          .update();
    }
    transaction.executeWithoutResult(
        _ -> {
          jdbc.sql("set local session_replication_role = replica").update(); // no foreign keys
          for (var table : rest()) {
            for (long each : List.of(OWN, FOREIGN)) tables().insert(table, each);
          }
        });
  }

  @AfterEach
  void forget_them() {
    for (long each : List.of(OWN, FOREIGN)) {
      for (var table : rest()) tables().delete(table, each);
      StoredJob.delete(jdbc, each);
    }
  }

  private NarrowedTables tables() {
    return new NarrowedTables(jdbc);
  }

  /** The tables besides those that {@link StoredJob} knows. */
  private List<String> rest() {
    return tables().names().stream()
        .filter(table -> !List.of("connection", "job", "run").contains(table))
        .toList();
  }

  @Test
  void every_table_is_narrowed_or_nobody_who_is_narrowed_reads_it() {
    var readable =
        jdbc.sql(
                """
                select relname
                from pg_class
                where relnamespace = 'etl'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f')
                  and has_any_column_privilege('pulse_narrowed', oid, 'select')
                """)
            .query(String.class)
            .list();
    var present =
        jdbc.sql("select table_name from information_schema.tables where table_schema = 'etl'")
            .query(String.class)
            .list();
    var keyed =
        jdbc.sql(
                """
                select distinct table_name
                from information_schema.columns
                where table_schema = 'etl' and column_name in ('connection_id', 'job_id', 'run_id')
                """)
            .query(String.class)
            .list();

    assertThat(tables().names()).containsAll(keyed).contains("connection", "rate_budget");
    assertThat(present)
        .as("a new table is narrowed, told to everybody, or closed")
        .containsExactlyInAnyOrderElementsOf(all(tables().names(), TOLD_TO_EVERYBODY, CLOSED));
    assertThat(readable)
        .containsExactlyInAnyOrderElementsOf(all(tables().names(), TOLD_TO_EVERYBODY, Set.of()));
  }

  @Test
  void a_query_that_asks_for_everything_gets_what_its_caller_sees() {
    for (var table : tables().names()) {
      Supplier<List<String>> owners = () -> tables().owners(table);
      var own = tables().owner(table, OWN);
      var foreign = tables().owner(table, FOREIGN);

      assertThat(as(ONE, "GET", owners)).as(table).containsExactly(own);
      assertThat(as(OTHER, "HEAD", owners)).as(table).containsExactly(foreign);
      assertThat(as(BOTH, "GET", owners)).as(table).containsExactlyInAnyOrder(own, foreign);
      assertThat(as(NONE, "GET", owners)).as(table).isEmpty();
      assertThat(tables().owners(table)).as(table).contains(own, foreign);
    }
  }

  @Test
  void whatever_pool_is_asked_and_in_a_transaction_too() {
    var pools = context.getBeansOfType(DataSource.class);
    assertThat(pools).hasSizeGreaterThan(3);
    pools.forEach(
        (name, pool) -> {
          if (name.equals("narrowedDataSource")) return; // nobody but the others asks it
          var ids = as(ONE, "GET", () -> ids(JdbcClient.create(pool)));
          assertThat(ids).as(name).containsExactly(OWN);
        });
    var ids = as(ONE, "GET", () -> transaction.execute(_ -> ids(jdbc)));
    assertThat(ids).containsExactly(OWN);
  }

  @Test
  void whoever_sees_everything_and_whatever_changes_something_is_not_narrowed() {
    assertThat(as(VisibleConnections.all(), "GET", () -> ids(jdbc))).contains(OWN, FOREIGN);
    // whom an activated job holds up, or whose name is taken, is of others too
    assertThat(as(ONE, "POST", () -> ids(jdbc))).contains(OWN, FOREIGN);
    assertThat(ids(jdbc)).as("Pulse itself").contains(OWN, FOREIGN);
  }

  @Test
  void no_connection_of_a_pool_shows_what_the_caller_before_saw() throws Exception {
    var callers = List.of(ONE, OTHER, NONE, BOTH, VisibleConnections.all());
    try (var threads = Executors.newFixedThreadPool(8)) {
      var answers = new ArrayList<Future<?>>();
      for (int i = 0; i < 400; i++) {
        var caller = callers.get(i % callers.size());
        Callable<?> question =
            () ->
                assertThat(as(caller, "GET", () -> ids(jdbc)))
                    .isEqualTo(List.of(OWN, FOREIGN).stream().filter(caller::includes).toList());
        answers.add(threads.submit(question));
      }
      for (var answer : answers) answer.get();
    }
  }

  @Test
  void a_reading_caller_changes_nothing_and_reads_no_secrets_of_others() {
    for (var sql :
        List.of(
            "update connection set name = 'mine'",
            "delete from job",
            "insert into run (job_id, state) values (%d, 'FINISHED')".formatted(FOREIGN),
            "select * from alert",
            "select * from rotating_token",
            "select * from audit_event")) {
      assertThatThrownBy(() -> as(ONE, "GET", () -> jdbc.sql(sql).query().listOfRows()))
          .as(sql)
          .isInstanceOf(DataAccessException.class)
          .rootCause()
          .hasMessageContaining("permission denied");
    }
  }

  static <T> T asOneWhoSees(long connection, Supplier<T> question) {
    return as(VisibleConnections.only(List.of(connection)), "GET", question);
  }

  private static <T> T as(VisibleConnections seen, String method, Supplier<T> question) {
    var request = new MockHttpServletRequest(method, "/api/v1/anything");
    request.setAttribute(
        SignedRequests.IDENTITY, new Identity("user:7", Set.of(), seen, "row-security"));
    RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
    try {
      return question.get();
    } finally {
      RequestContextHolder.resetRequestAttributes();
    }
  }

  private static List<Long> ids(JdbcClient asked) {
    return asked
        .sql("select id from connection where id between 850000 and 850009 order by id")
        .query(Long.class)
        .list();
  }

  private static List<String> all(List<String> first, Set<String> second, Set<String> third) {
    var all = new ArrayList<>(first);
    all.addAll(second);
    all.addAll(third);
    return all;
  }
}
