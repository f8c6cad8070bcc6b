package dev.pulse.etl.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.EtlTest;
import dev.pulse.etl.connectors.ConnectionSettings.Scope;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.records.Board;
import dev.pulse.etl.connectors.records.SourceRecord;
import dev.pulse.etl.connectors.records.TeamMember;
import dev.pulse.etl.connectors.records.Worklog;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A record out of the quarantine is as old as when it was read, and not as when it is stored. */
class QuarantineOrderTest extends EtlTest {

  private static final AtomicLong IDS = new AtomicLong(720_000);
  private static final Instant NOW = ScriptedSource.NOW;

  /** Before, and after, whatever is stored here. */
  private static final Instant BEFORE = Instant.parse("2001-01-01T00:00:00Z");

  private static final Instant AFTER = Instant.parse("9001-01-01T00:00:00Z");

  @Autowired PageStore pages;
  @Autowired JdbcClient jdbc;

  private final long id = IDS.incrementAndGet();
  private final RunScope run = new RunScope(new Fence(0, 0), id, Scope.ALL, null);

  @BeforeEach
  void a_connection() {
    jdbc.sql(
            """
            insert into connection (id, connector, name, settings, secrets, scope, network)
            overriding system value
            values (?, 'scripted', ?, '{}', '{}', '{}', '{}')
            """)
        .params(id, "quarantine " + id)
        .update();
  }

  @AfterEach
  void no_connection() {
    jdbc.sql("delete from connection where id = ?").param(id).update();
  }

  @Test
  void what_was_stored_since_stays_although_the_source_does_not_date_it() {
    retried(AFTER, board("as it is"));

    retried(BEFORE, board("as it was"));
    assertThat(texts("select name from board where connection_id = ?")).containsExactly("as it is");

    retried(AFTER, board("as it is now"));
    assertThat(texts("select name from board where connection_id = ?"))
        .containsExactly("as it is now");
  }

  @Test
  void what_the_source_dates_is_told_apart_by_its_date() {
    retried(AFTER, work("as it is", NOW));

    retried(BEFORE, work("as it was", NOW.minusSeconds(1)));
    retried(BEFORE, work("the same second", NOW));
    retried(BEFORE, work("not dated", null));
    assertThat(texts("select body from worklog where connection_id = ?"))
        .containsExactly("as it is");

    retried(BEFORE, work("newer", NOW.plusSeconds(1)));
    assertThat(texts("select body from worklog where connection_id = ?")).containsExactly("newer");
  }

  @Test
  void children_that_came_since_are_not_gone() {
    retried(AFTER, new TeamMember("new", "team", null));

    saveRetried(BEFORE, Page.servedAt(NOW).complete(TeamMember.class, "team"));
    assertThat(
            texts(
                "select external_id from team_member where connection_id = ? and deleted_at is"
                    + " null"))
        .containsExactly("new");

    saveRetried(AFTER, Page.servedAt(NOW).complete(TeamMember.class, "team"));
    assertThat(
            texts(
                "select external_id from team_member where connection_id = ? and deleted_at is"
                    + " null"))
        .isEmpty();
  }

  private void retried(Instant lastSeen, SourceRecord record) {
    saveRetried(lastSeen, Page.servedAt(NOW).add(record));
  }

  private void saveRetried(Instant lastSeen, Page.Builder page) {
    var entry =
        new Quarantine.Entry(0, id, null, "stream", "all", "1", "odd", 1, lastSeen, lastSeen);
    var kept = new Quarantine.Kept(entry, Partition.WHOLE, "{}");
    assertThat(pages.saveRetried(run, kept, page.last(), _ -> {})).isEmpty();
  }

  private List<String> texts(String sql) {
    return jdbc.sql(sql).param(id).query(String.class).list();
  }

  private static Board board(String name) {
    return new Board("7", name, null, null, null);
  }

  private static Worklog work(String body, @Nullable Instant updated) {
    return new Worklog("7", "1", null, NOW, 60, body, null, updated);
  }
}
