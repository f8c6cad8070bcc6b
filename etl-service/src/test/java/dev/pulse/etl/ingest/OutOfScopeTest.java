package dev.pulse.etl.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.etl.connectors.ConnectionSettings.Scope;
import dev.pulse.etl.connectors.SourceFailure.CredentialsRejected;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Projects that an operator takes out of the scope, and into it again. */
class OutOfScopeTest extends ScriptedSync {

  private static final Scope WITHOUT_ALPHA = new Scope(List.of(), List.of("alpha"));

  @Test
  void what_left_is_removed_with_its_children_and_the_rest_stays() throws Exception {
    source.with("alpha", 30).with("beta", 12);
    sync();

    scope = WITHOUT_ALPHA;
    sync();

    assertThat(removed).containsExactly("alpha 90");
    assertThat(projects()).containsOnly("beta");
    assertThat(count("work_item")).isEqualTo(12);
    assertThat(count("work_item_change")).isEqualTo(24);
    assertThat(live()).isEqualTo(36);
    sync();
    assertThat(removed).as("once").hasSize(1);
  }

  @Test
  void what_stays_keeps_its_comments_although_something_that_leaves_has_the_same_id()
      throws Exception {
    source.with("alpha", 3).with("beta", 3);
    sync();
    jdbc.sql(
            """
            insert into release (connection_id, external_id, kind, project_id, name, content_hash)
            values (?, 'beta-00001', 'version', 'alpha', '1.0', 0)
            """)
        .param(connection)
        .update();
    jdbc.sql(
            """
            insert into comment (connection_id, external_id, parent_kind, parent_id, kind, content_hash)
            select ?, parent, 'work_item', parent, 'COMMENT', 0
            from unnest('{alpha-00001, beta-00001}'::text[]) as parent
            """)
        .param(connection)
        .update();
    jdbc.sql(
            """
            insert into link_hint (connection_id, external_id, from_kind, from_id, kind, content_hash)
            values (?, 'of the release', 'release', 'beta-00001', 'integration', 0),
              (?, 'of the item', 'work_item', 'beta-00001', 'integration', 0)
            """)
        .params(connection, connection)
        .update();

    scope = WITHOUT_ALPHA;
    sync();

    assertThat(count("release")).isZero();
    assertThat(ids("comment")).containsExactly("beta-00001");
    assertThat(ids("link_hint")).containsExactly("of the item");
  }

  @Test
  void what_left_is_removed_although_the_source_is_down() throws Exception {
    source.with("alpha", 30).with("beta", 12);
    sync();

    scope = WITHOUT_ALPHA;
    source.beforeProjects =
        () -> {
          throw new CredentialsRejected("401", "New token.");
        };

    assertThatThrownBy(this::sync).isInstanceOf(CredentialsRejected.class);
    assertThat(removed).containsExactly("alpha 90");
    assertThat(projects()).containsOnly("beta");
    assertThat(live()).isEqualTo(36);
  }

  @Test
  void what_was_owed_by_records_that_were_removed_is_not_read() throws Exception {
    source.with("alpha", 5).with("beta", 2);
    source.owed =
        (batch, position, standard) -> {
          throw new CredentialsRejected("401", "New token.");
        };
    assertThatThrownBy(this::sync).isInstanceOf(CredentialsRejected.class);
    jdbc.sql("update owed set partition = '*' where connection_id = ?").param(connection).update();
    source.owed = (batch, position, standard) -> standard;

    scope = WITHOUT_ALPHA;
    sync();

    assertThat(count("work_item_change")).isEqualTo(4);
  }

  @Test
  void what_comes_back_is_read_from_its_beginning() throws Exception {
    source.with("alpha", 30);
    sync();
    scope = WITHOUT_ALPHA;
    sync();

    scope = Scope.ALL;
    sync();

    assertThat(count("work_item")).isEqualTo(30);
    assertThat(count("work_item_change")).isEqualTo(60);
    assertThat(live()).isEqualTo(90);
  }

  @Test
  void a_removal_that_was_cut_off_goes_on_with_the_next_run() throws Exception {
    source.with("alpha", 30).with("beta", 12);
    sync();
    jdbc.sql(
            "create function etl.cut_off() returns trigger language plpgsql as"
                + " 'begin raise exception ''the power is gone''; end'")
        .update();
    jdbc.sql(
            "create trigger cut_off before delete on checkpoint for each statement execute function"
                + " etl.cut_off()")
        .update();
    scope = WITHOUT_ALPHA;
    try {
      assertThatThrownBy(this::sync).hasMessageContaining("the power is gone");
    } finally {
      jdbc.sql("drop function etl.cut_off cascade").update();
    }
    assertThat(count("work_item")).as("already gone").isEqualTo(12);

    sync();

    assertThat(removed).containsExactly("alpha 0");
    assertThat(live()).isEqualTo(36);
    assertThat(
            jdbc.sql("select count(*) from checkpoint where connection_id = ? and partition = ?")
                .params(connection, "alpha")
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void rows_that_were_marked_gone_leave_too_and_are_not_counted_twice() throws Exception {
    source.with("alpha", 30);
    sync();
    jdbc.sql("update work_item set deleted_at = now() where connection_id = ? and external_id < ?")
        .params(connection, "alpha-00010")
        .update();
    jdbc.sql("update stored_rows set live = live - 10 where connection_id = ? and stream = 'items'")
        .param(connection)
        .update();

    scope = WITHOUT_ALPHA;
    sync();

    assertThat(count("work_item")).isZero();
    assertThat(live()).isZero();
  }

  @Test
  void a_project_that_is_renamed_is_still_what_the_operator_chose() throws Exception {
    source.with("alpha", 5).with("beta", 3);
    source.names.put("alpha", "First");
    scope = new Scope(List.of("First"), List.of());
    sync();

    source.names.put("alpha", "Omega");
    source.names.put("beta", "First");
    sync();

    assertThat(projects()).containsOnly("alpha");
    assertThat(removed).isEmpty();

    scope = new Scope(List.of("First", "another"), List.of());
    sync();

    assertThat(removed).containsExactly("Omega 15");
    assertThat(projects()).containsOnly("beta");
  }

  private List<String> ids(String table) {
    return jdbc.sql("select external_id from %s where connection_id = ?".formatted(table))
        .param(connection)
        .query(String.class)
        .list();
  }

  private List<String> projects() {
    return jdbc.sql("select project_id from work_item where connection_id = ?")
        .param(connection)
        .query(String.class)
        .list();
  }

  private long live() {
    return jdbc.sql("select coalesce(sum(live), 0) from stored_rows where connection_id = ?")
        .param(connection)
        .query(Long.class)
        .single();
  }
}
