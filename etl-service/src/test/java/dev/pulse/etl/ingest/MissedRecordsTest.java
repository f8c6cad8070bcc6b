package dev.pulse.etl.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.connectors.CensusStream;
import dev.pulse.etl.connectors.ConnectionSettings.Scope;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.records.SourceRecord;
import dev.pulse.etl.connectors.records.WorkItem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a census shows and no row is there for. */
class MissedRecordsTest extends SyncFixture {

  @Autowired PageStore pages;

  static final class ItemCensus implements CensusStream {

    @Override
    public String name() {
      return "item_census";
    }

    @Override
    public PageSize pageSize() {
      return PageSize.fixed(10);
    }

    @Override
    public Class<? extends SourceRecord> counted() {
      return WorkItem.class;
    }

    @Override
    public Set<String> readBy() {
      return Set.of("items");
    }

    @Override
    public Optional<String> readAgainBy() {
      return Optional.of("missed_items");
    }

    @Override
    public Page read(Request request) {
      return Page.servedAt(ScriptedSource.NOW).present(List.of()).last();
    }

    @Override
    public Map<String, String> shown(List<String> ids) {
      return Map.of();
    }
  }

  @BeforeEach
  void one_is_gone_one_was_never_stored_and_one_is_set_aside() throws Exception {
    source.with("alpha", 3);
    sync();
    jdbc.sql(
            "update work_item set deleted_at = now() where connection_id = ? and external_id ="
                + " 'alpha-00001'")
        .param(connection)
        .update();
    for (var id : List.of("alpha-00000", "alpha-00001", "aside", "never-stored")) {
      jdbc.sql("insert into census_seen values (?, 'item_census', 'alpha', ?)")
          .params(connection, id)
          .update();
    }
    jdbc.sql(
            """
            insert into quarantine (connection_id, stream, partition, label, external_id, reason, raw)
            values (:connection, 'items', 'alpha', 'alpha', 'aside', 'unreadable', '{}'),
              (:connection, 'missed_items', '', 'all', 'alpha-00000', 'unreadable', '{}'),
              (:connection, 'missed_items', '', 'all', 'never-stored', 'unreadable', '{}')
            """)
        .param("connection", connection)
        .update();
  }

  @Test
  void what_is_not_stored_is_owed_unless_it_is_set_aside() {
    end(null);

    assertThat(owed()).containsExactly("alpha-00001 of alpha", "never-stored of alpha");
    assertThat(count("census_seen")).isZero();
  }

  @Test
  void of_a_connection_that_begins_at_a_time_only_what_was_stored_once_is_owed() {
    end(ScriptedSource.NOW);

    assertThat(owed()).containsExactly("alpha-00001 of alpha");
  }

  @Test
  void what_another_stream_has_read_since_leaves_the_quarantine() {
    end(null);

    assertThat(
            jdbc.sql("select external_id from quarantine where connection_id = ? order by 1")
                .param(connection)
                .query(String.class)
                .list())
        .containsExactly("aside", "never-stored");
  }

  private void end(@Nullable Instant startFrom) {
    var scope = new RunScope(new Fence(run, 1), connection, Scope.ALL, startFrom);
    pages.endCensus(scope, new ItemCensus(), "alpha");
  }

  private List<String> owed() {
    return jdbc.sql(
            """
            select parent_id || ' of ' || label
            from owed
            where connection_id = ? and stream = 'missed_items'
            order by 1
            """)
        .param(connection)
        .query(String.class)
        .list();
  }
}
