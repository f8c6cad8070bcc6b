package dev.pulse.etl.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.connectors.ConnectionSettings.Scope;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.records.WorkItem;
import dev.pulse.etl.ingest.ScriptedSource.Item;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.node.StringNode;

/** What was set aside leaves with its project, and does not bring it back. */
class QuarantineScopeTest extends ScriptedSync {

  private static final Scope WITHOUT_ALPHA = new Scope(List.of(), List.of("alpha"));

  @Autowired PageStore pages;
  @Autowired QuarantineRetry retry;
  @Autowired Quarantine quarantine;

  @BeforeEach
  void a_connection() {
    jdbc.sql(
            """
            insert into connection (id, connector, name, settings, secrets, scope, network)
            overriding system value
            values (?, 'scripted', ?, '{}', '{}', '{}', '{}')
            """)
        .params(connection, "scope " + connection)
        .update();
  }

  @AfterEach
  void no_connection() {
    jdbc.sql("delete from connection where id = ?").param(connection).update();
  }

  @Test
  void children_that_were_read_for_several_projects_at_once_leave_with_their_own()
      throws Exception {
    source.with("alpha", 2).with("beta", 2);
    source.owed =
        (batch, position, standard) -> {
          var page = Page.servedAt(ScriptedSource.NOW);
          for (var each : batch) {
            var raw = StringNode.valueOf(each.parentId());
            page.setAside(each.parentId(), "odd", raw, each.partition());
          }
          return page.last();
        };
    sync();
    assertThat(aside()).hasSize(4);

    scope = WITHOUT_ALPHA;
    sync();

    assertThat(aside()).containsExactly("beta-00000 of beta", "beta-00001 of beta");
  }

  @Test
  void children_of_one_project_need_not_say_of_which() throws Exception {
    source.with("alpha", 1);
    source.owed =
        (batch, position, standard) ->
            Page.servedAt(ScriptedSource.NOW)
                .setAside("a part", "odd", StringNode.valueOf("x"))
                .last();

    sync();

    assertThat(aside()).containsExactly("a part of alpha");
  }

  @Test
  void a_record_of_a_project_that_has_left_is_not_stored() throws Exception {
    source.with("alpha", 1).with("beta", 1);
    sync();
    scope = WITHOUT_ALPHA;
    sync();

    assertThat(retried(new Partition("alpha", "alpha"), Page.servedAt(ScriptedSource.NOW)))
        .contains("the project or repository that it is part of is not read any more");
    assertThat(retried(Partition.WHOLE, Page.servedAt(ScriptedSource.NOW).add(item("alpha"))))
        .isPresent();
    assertThat(retried(Partition.WHOLE, Page.servedAt(ScriptedSource.NOW).add(item("beta"))))
        .isEmpty();

    assertThat(
            jdbc.sql(
                    "select external_id || ' of ' || project_id from work_item where connection_id"
                        + " = ? order by 1")
                .param(connection)
                .query(String.class)
                .list())
        .containsExactly("beta-00000 of beta", "retried of beta");
  }

  @Test
  void what_an_operator_was_told_is_stored_outlives_a_crash_of_the_database() {
    var commits = new ArrayList<String>();
    var kept = kept(Partition.WHOLE);

    pages.saveRetried(
        scope(),
        kept,
        Page.servedAt(ScriptedSource.NOW).add(item("gamma")).last(),
        in -> commits.add(in.sql("show synchronous_commit").query(String.class).single()));

    assertThat(commits).containsExactly("on");
  }

  /** The next reading of the item settles it, and a retry maps it, as if it had been read there. */
  @Test
  void what_a_census_reads_again_in_vain_is_set_aside_as_who_reads_it_every_time()
      throws Exception {
    source.with("alpha", 1);
    sync();
    var page =
        Page.servedAt(ScriptedSource.NOW)
            .setAside("moved", "odd", StringNode.valueOf("moved."), new Partition("beta", "beta"));

    pages.moved(
        scope(), new MissedRecordsTest.ItemCensus(), new Partition("alpha", "alpha"), page.last());

    assertThat(aside()).containsExactly("moved of beta");
    var id =
        jdbc.sql("select id from quarantine where connection_id = ? and stream = 'items'")
            .param(connection)
            .query(Long.class)
            .single();
    var kept = quarantine.find(id).orElseThrow();
    assertThat(retry.retry(kept, source, Scope.ALL, in -> {})).isEmpty();
    assertThat(aside()).isEmpty();
  }

  private Optional<String> retried(Partition partition, Page.Builder page) {
    return pages.saveRetried(scope(), kept(partition), page.last(), in -> {});
  }

  private RunScope scope() {
    return new RunScope(new Fence(run, 1), connection, Scope.ALL, null);
  }

  private Quarantine.Kept kept(Partition partition) {
    var late = Instant.parse("9001-01-01T00:00:00Z");
    var entry =
        new Quarantine.Entry(0, connection, null, "items", "all", "1", "odd", 1, late, late);
    return new Quarantine.Kept(entry, partition, "{}");
  }

  private static WorkItem item(String project) {
    return ScriptedSource.row(new Item("retried", "T", ScriptedSource.NOW, 0), project);
  }

  private List<String> aside() {
    return jdbc.sql(
            "select external_id || ' of ' || partition from quarantine where connection_id = ?"
                + " order by 1")
        .param(connection)
        .query(String.class)
        .list();
  }
}
