package dev.pulse.etl.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.EtlTest;
import dev.pulse.etl.connectors.ConnectionSettings.Scope;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.connectors.records.Comment;
import dev.pulse.etl.ingest.ScriptedSource.Item;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class PageStoreTest extends EtlTest {

  private static final long RUN = 700_001;
  private static final Instant NOW = ScriptedSource.NOW;

  @Autowired PageStore pages;
  @Autowired ScopeElements scopeElements;
  @Autowired JdbcClient jdbc;

  private final RunScope run = new RunScope(new Fence(RUN, 1), RUN, Scope.ALL, null);
  private Checkpoint at =
      Checkpoint.none(new Checkpoint.Key(RUN, "items", new Partition("alpha", "alpha")));

  @BeforeEach
  void a_run() {
    jdbc.sql(
            "insert into run_lease (run_id, owner, token, expires) values (?, 'test', 1, now() +"
                + " interval '1 minute') on conflict do nothing")
        .param(RUN)
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
                .param(RUN)
                .query(String.class)
                .list())
        .containsExactly("10001", "20001");
  }

  @Test
  void a_project_whose_name_cannot_be_stored_is_stored_with_a_replacement() {
    scopeElements.save(
        run, List.of(new ScopeElement("p", "site", "A\u0000B", "L\uD83D", Map.of("a", "x\u0000"))));

    assertThat(
            jdbc.sql("select name || label from scope_element where connection_id = ?")
                .param(RUN)
                .query(String.class)
                .single())
        .isEqualTo("A\uFFFDBL\uFFFD");
  }

  private void save(Page.Builder page) {
    var whole = page.next(new Position("after " + at.version()));
    at = at.after(whole, new ScriptedSource().new Items(), null, null);
    pages.save(run, whole, at);
  }

  private static dev.pulse.etl.connectors.records.WorkItem item(String id, int minute) {
    return ScriptedSource.row(new Item(id, "T", NOW.plusSeconds(60L * minute), 0), "alpha");
  }

  private static Comment comment(String id, String parent) {
    return new Comment(
        id, "work_item", parent, null, null, "COMMENT", null, null, null, null, "b", NOW, NOW);
  }
}
