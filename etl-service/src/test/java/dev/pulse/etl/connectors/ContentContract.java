package dev.pulse.etl.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.local.faults.Fault;
import dev.pulse.local.faults.Fault.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.StringNode;

/** That odd contents are stored or set aside, and cost nothing else. */
abstract class ContentContract extends FaultContract {

  private static final List<String> ODD_TIMES =
      List.of(
          "1900-01-01T00:00:00Z",
          "0001-01-01T00:00:00Z",
          "-0044-03-15T12:00:00Z",
          "9998-06-01T00:00:00Z",
          "9999-12-31T23:59:59Z",
          "+292278994-08-17T07:12:55Z",
          "+999999999-12-31T23:59:59Z",
          "2016-12-31T23:59:60Z",
          "2026-02-30T00:00:00Z",
          "0000-00-00T00:00:00Z",
          "2026-01-01T00:00:00",
          "2026-01-01",
          "99999999999999999999",
          "yesterday, about noon",
          "");

  @Test
  void an_unreadable_record_is_quarantined_and_the_rest_goes_on() {
    simulator
        .faults()
        .add(
            Fault.of(Kind.UNREADABLE, source.name())
                .on(source.mainOperation())
                .matching(source.firstWalk())
                .times(1));

    sync();

    assertThat(counter("quarantined")).isEqualTo(1);
    assertThat(texts("select raw from quarantine where connection_id = ?")).hasSize(1);
    assertThat(mainIds()).hasSize(source.count() - 1);
  }

  /** The same records are dated well in the end, which mends what was stored or set aside. */
  @Test
  void odd_dates_are_stored_or_quarantined_and_do_not_stand_in_the_way_of_later_changes() {
    var odd = new HashMap<String, String>();
    var names = source.names();
    changing(
        records -> {
          for (var record : TestedSource.each(records)) {
            var id = record.path("id").asString();
            if (!odd.containsKey(id) && odd.size() == 2 * ODD_TIMES.size()) continue;
            int number = odd.size();
            var given =
                odd.computeIfAbsent(
                    id,
                    each ->
                        (number % 2 == 0 ? names.created() : names.updated())
                            + " "
                            + ODD_TIMES.get(number / 2));
            var parts = given.split(" ", 2);
            source.fields(record).put(parts[0], parts[1]);
          }
          return true;
        });

    sync();

    assertThat(odd).hasSize(2 * ODD_TIMES.size());
    assertStoredOrQuarantined(odd.keySet());
    proxy().passOn();
    source.change(source.count());
    sync();
    assertEqualToWorld();
    assertThat(texts("select external_id from quarantine where connection_id = ?"))
        .as(odd.toString())
        .isEmpty();
  }

  @Test
  void nul_characters_half_characters_and_bodies_of_a_megabyte_are_stored() {
    var text = "x".repeat(500_000) + "\u0000" + "é".repeat(500_000);
    var given = new HashMap<String, String>();
    changing(
        records -> {
          for (var record : TestedSource.each(records)) {
            var id = record.path("id").asString();
            if (!given.containsKey(id) && given.size() == 6) continue;
            var title = "a\u0000b\uD83D c\uDE00 " + id;
            given.put(id, title);
            var fields = source.fields(record);
            fields.put(source.names().title(), title);
            fields.set(source.names().body(), source.text(text));
            record.set("\u0000odd\u0000", StringNode.valueOf("\u0000"));
          }
          return true;
        });

    sync();

    assertStoredOrQuarantined(Set.of());
    for (var each : given.entrySet()) {
      assertThat(
              texts(
                  "select title from %s where connection_id = ? and external_id = '%s'"
                      .formatted(source.mainTable(), each.getKey())))
          .containsExactly("a\uFFFDb\uFFFD c\uFFFD " + each.getKey());
    }
    assertThat(texts(lengths())).containsOnly("1000001").hasSize(6);
    proxy().passOn();
    source.change(source.count());
    sync();
    assertEqualToWorld();
  }

  private String lengths() {
    return "select length(body) from %s where connection_id = ? and length(body) > 900000"
        .formatted(source.mainTable());
  }

  /** Every record is in its table or in the quarantine; there are only {@code odd} ones. */
  private void assertStoredOrQuarantined(Set<String> odd) {
    var quarantined = texts("select external_id from quarantine where connection_id = ?");
    assertThat(odd).containsAll(quarantined);
    var all = new ArrayList<>(mainIds());
    all.addAll(quarantined);
    assertThat(all).doesNotHaveDuplicates().hasSize(source.count());
  }

  private List<String> mainIds() {
    return texts(
        "select external_id from %s where connection_id = ? and deleted_at is null"
            .formatted(source.mainTable()));
  }
}
