package dev.pulse.etl.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.EtlTest;
import dev.pulse.etl.connectors.ConnectionSettings.Scope;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.connectors.records.Comment;
import dev.pulse.etl.connectors.records.WorkItem;
import dev.pulse.etl.ingest.ScriptedSource.Item;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class PageStoreTest extends EtlTest {

  private static final AtomicLong RUNS = new AtomicLong(700_000);
  private static final Instant NOW = ScriptedSource.NOW;

  @Autowired PageStore pages;
  @Autowired ScopeElements scopeElements;
  @Autowired JdbcClient jdbc;

  /** Of the run, and of its connection: each test has its own. */
  private final long id = RUNS.incrementAndGet();

  private final RunScope run = new RunScope(new Fence(id, 1), id, Scope.ALL, null);
  private Checkpoint at =
      Checkpoint.none(new Checkpoint.Key(id, "items", new Partition("alpha", "alpha")));

  @BeforeEach
  void a_run() {
    jdbc.sql(
            "insert into run_lease (run_id, owner, token, expires) values (?, 'test', 1, now() +"
                + " interval '1 minute') on conflict do nothing")
        .param(id)
        .update();
  }

  @Test
  void a_new_comment_with_the_id_of_an_issue_does_not_hide_what_the_issue_has_lost() {
    save(
        Page.servedAt(NOW)
            .add(item("10001", 0))
            .add(item("10002", 0))
            .add(comment("20001", "10001"))
            .add(comment("20002", "10001"))
            .complete(Comment.class, "10001"));

    save(
        Page.servedAt(NOW)
            .add(item("10001", 1))
            .add(item("10002", 1))
            .add(comment("20001", "10001"))
            .add(comment("10001", "10002"))
            .complete(Comment.class, "10001")
            .complete(Comment.class, "10002"));

    assertThat(
            jdbc.sql(
                    "select external_id from comment where connection_id = ? and deleted_at is null"
                        + " order by 1")
                .param(id)
                .query(String.class)
                .list())
        .containsExactly("10001", "20001");
  }

  @Test
  void what_the_source_says_it_deleted_is_gone_with_its_children_and_nothing_else() {
    save(
        Page.servedAt(NOW)
            .add(item("30001", 0))
            .add(item("30002", 0))
            .add(comment("40001", "30001"))
            .add(comment("40002", "30002")));

    save(
        Page.servedAt(NOW)
            .deleted(WorkItem.class, "30001")
            .deleted(Comment.class, "30002")
            .deleted(WorkItem.class, "39999"));

    assertThat(
            jdbc.sql(
                    """
                    select external_id || ' ' || gone_reason
                    from work_item where connection_id = ? and deleted_at is not null
                    union all
                    select external_id || ' ' || gone_reason
                    from comment where connection_id = ? and deleted_at is not null and external_id like '4%'
                    """)
                .params(id, id)
                .query(String.class)
                .list())
        .containsExactlyInAnyOrder("30001 DELETED", "40001 DELETED");
  }

  @Test
  void a_project_whose_name_cannot_be_stored_is_stored_with_a_replacement() {
    scopeElements.save(
        run, List.of(new ScopeElement("p", "site", "A\u0000B", "L\uD83D", Map.of("a", "x\u0000"))));

    assertThat(
            jdbc.sql("select name || label from scope_element where connection_id = ?")
                .param(id)
                .query(String.class)
                .single())
        .isEqualTo("A\uFFFDBL\uFFFD");
  }

  private void save(Page.Builder page) {
    var whole = page.next(new Position("after " + at.version()));
    at = at.after(whole, new ScriptedSource().new Items(), null, null);
    pages.save(run, whole, at);
  }

  private static WorkItem item(String id, int minute) {
    return ScriptedSource.row(new Item(id, "T", NOW.plusSeconds(60L * minute), 0), "alpha");
  }

  private static Comment comment(String id, String parent) {
    return new Comment(
        id, "work_item", parent, null, null, "COMMENT", null, null, null, null, "b", NOW, NOW);
  }
}
