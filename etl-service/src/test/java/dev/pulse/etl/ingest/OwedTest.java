package dev.pulse.etl.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.etl.connectors.OwedStream.Owed;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.SourceFailure.TooHeavy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Children that are read because their parent was written. */
class OwedTest extends ScriptedSync {

  private final List<Integer> batches = new ArrayList<>();

  @Test
  void a_batch_too_heavy_is_asked_for_again_with_fewer_parents() throws Exception {
    source.with("alpha", 30);
    source.owed = (batch, position, standard) -> heavyAbove(2, batch, standard);

    sync();

    assertThat(count("owed")).isZero();
    assertThat(count("work_item_change")).isEqualTo(60);
    assertThat(batches).contains(7, 3, 1);
  }

  @Test
  void a_batch_smaller_than_the_page_size_shrinks_at_once() throws Exception {
    source.with("alpha", 4);
    source.owed = (batch, position, standard) -> heavyAbove(2, batch, standard);

    sync();

    assertThat(count("owed")).isZero();
    assertThat(batches).startsWith(4, 2, 2);
  }

  @Test
  void a_batch_that_becomes_too_heavy_in_the_middle_goes_on_with_fewer_parents() throws Exception {
    source.with("alpha", 7);
    source.owed =
        (batch, position, standard) -> {
          if (position != null && batch.size() > 2) throw new TooHeavy("second page");
          return position == null && batch.size() > 1 ? firstOf(batch) : standard;
        };

    sync();

    assertThat(count("owed")).isZero();
    assertThat(count("work_item_change")).isEqualTo(14);
  }

  @Test
  void one_parent_too_heavy_by_itself_stays_owed_and_fails_the_run() throws Exception {
    source.with("alpha", 10);
    source.owed =
        (batch, position, standard) -> {
          if (batch.stream().anyMatch(each -> each.parentId().equals("alpha-00004"))) {
            throw new TooHeavy("one that is too big");
          }
          return standard;
        };

    assertThatThrownBy(this::sync)
        .isInstanceOf(SourceUnavailable.class)
        .hasMessageContaining("one that is too big");

    assertThat(
            jdbc.sql("select parent_id from owed where connection_id = ?")
                .param(connection)
                .query(String.class)
                .list())
        .contains("alpha-00004")
        .doesNotContain("alpha-00003");
  }

  private Page heavyAbove(int parents, List<Owed> batch, Page standard) {
    batches.add(batch.size());
    if (batch.size() > parents) throw new TooHeavy(batch.size() + " parents");
    return standard;
  }

  /** A first page that holds the children of the first parent, and settles it. */
  private static Page firstOf(List<Owed> batch) {
    var page = Page.servedAt(ScriptedSource.NOW);
    ScriptedSource.addChanges(batch.getFirst(), page);
    return page.settle(batch.getFirst().parentId()).next(new Position("rest"));
  }
}
