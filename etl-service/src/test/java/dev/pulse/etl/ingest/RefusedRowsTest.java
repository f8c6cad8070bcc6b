package dev.pulse.etl.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.records.LinkHint;
import dev.pulse.etl.connectors.records.Release;
import dev.pulse.etl.connectors.records.WorkItem;
import dev.pulse.etl.ingest.ScriptedSource.Item;
import dev.pulse.etl.platform.lists.Keyset;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Rows that can be read, but that PostgreSQL does not take. */
class RefusedRowsTest extends ScriptedSync {

  /** Longer than an index allows, and not to be compressed. */
  private static final String TOO_LONG =
      new Random(7)
          .ints(6_000, '!', '~')
          .mapToObj(Character::toString)
          .collect(Collectors.joining());

  @Autowired Quarantine quarantine;

  @Test
  void a_row_that_the_database_does_not_take_is_set_aside_and_all_others_are_stored()
      throws Exception {
    source.with("alpha", 25).with("beta", 3);
    source.put("alpha", new Item("alpha-" + TOO_LONG, "odd", ScriptedSource.NOW, 2));

    sync();

    assertThat(count("work_item")).isEqualTo(28);
    assertThat(count("work_item_change")).isEqualTo(56);
    assertThat(quarantined())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.stream()).isEqualTo("items");
              assertThat(entry.reason()).contains("PostgreSQL does not take it", "index row size");
              assertThat(quarantine.find(entry.id()).orElseThrow().raw()).contains("odd");
            });
    sync();
    assertThat(count("work_item")).as("nor does it stop the next run").isEqualTo(28);
  }

  @Test
  void it_leaves_the_quarantine_when_it_is_stored() throws Exception {
    source.with("alpha", 1);
    source.walked = (request, standard) -> due(standard, "no day");
    sync();
    assertThat(quarantined()).hasSize(1);

    source.walked = (request, standard) -> due(standard, "2026-02-03");
    sync();

    assertThat(quarantined()).isEmpty();
    assertThat(count("release")).isOne();
  }

  @Test
  void a_row_that_was_stored_is_not_gone_because_its_new_state_is_refused() throws Exception {
    source.with("alpha", 1);
    source.owed = (batch, position, standard) -> hint(batch.getFirst().parentId());
    sync();

    source.put("alpha", new Item("alpha-00000", "changed", ScriptedSource.NOW, 2));
    source.owed =
        (batch, position, standard) -> {
          var parent = batch.getFirst().parentId();
          var page = Page.servedAt(ScriptedSource.NOW);
          page.add(link(parent + " hint", parent)).add(link(TOO_LONG, parent));
          return page.complete(LinkHint.class, WorkItem.class, parent).last();
        };
    sync();

    assertThat(
            jdbc.sql(
                    "select count(*) from link_hint where connection_id = ? and deleted_at is null")
                .param(connection)
                .query(Long.class)
                .single())
        .isOne();
    assertThat(quarantined()).hasSize(1);
    assertThat(count("owed")).isZero();
  }

  /** A page that holds a release besides. */
  private static Page due(Page standard, String day) {
    var page = Page.servedAt(ScriptedSource.NOW);
    standard.records().forEach(page::add);
    return page.add(release(day)).last();
  }

  private static Page hint(String parent) {
    return Page.servedAt(ScriptedSource.NOW).add(link(parent + " hint", parent)).last();
  }

  private static LinkHint link(String id, String parent) {
    return new LinkHint(id, "work_item", parent, "remote_link", null, null, null, null, null);
  }

  private static Release release(String day) {
    return new Release(
        "1", "version", "alpha", null, "1.0", null, null, null, null, null, null, day, null, null,
        null, null);
  }

  private List<Quarantine.Entry> quarantined() {
    return quarantine.list(connection, Keyset.first(Quarantine.Sort.ID, 10)).items();
  }
}
