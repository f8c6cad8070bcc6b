package dev.pulse.etl.ingest;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.SourceFailure.TooHeavy;
import dev.pulse.etl.connectors.WalkedStream.Request;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** Partitions beside each other: none starves, none is forgotten, none slows the others down. */
@TestPropertySource(properties = "pulse.ingest.partitions-at-once=1")
class ManyPartitionsTest extends SyncFixture {

  private static final int MANY = 12_000;

  @Autowired private Checkpoints checkpoints;

  @Test
  void after_a_run_that_died_the_partition_that_was_not_reached_comes_first() throws Exception {
    source.with("alpha", 30).with("beta", 30);
    source.beforeRead =
        request -> {
          if (request.partition().id().equals("beta")) throw new SourceUnavailable("died", null);
        };
    assertThat(failing()).isTrue();
    var read = Collections.synchronizedList(new ArrayList<String>());
    source.beforeRead = request -> read.add(request.partition().id());

    sync();

    assertThat(read).startsWith("beta");
    assertThat(count("work_item")).isEqualTo(60);
  }

  @Test
  void how_far_twelve_thousand_partitions_were_read_is_known_of_each() {
    jdbc.sql(
            """
            insert into checkpoint (connection_id, stream, partition, watermark, completed_at, version)
            select ?, 'things', 'p' || n, timestamptz 'epoch' + n * interval '1 second', now(), 1
            from generate_series(1, ?) as n
            """)
        .params(connection, MANY)
        .update();

    var reached = checkpoints.reached(connection, "things");

    assertThat(reached).hasSize(MANY);
    for (int n : List.of(1, 9_999, 10_001, MANY)) {
      var key = new Checkpoint.Key(connection, "things", new Partition("p" + n, "p"));
      assertThat(checkpoints.find(key).watermark())
          .isEqualTo(Instant.ofEpochSecond(n))
          .isEqualTo(requireNonNull(reached.get("p" + n)).watermark());
    }
  }

  @Test
  void a_partition_whose_pages_are_too_heavy_is_read_in_smaller_ones_and_the_others_as_before()
      throws Exception {
    source.with("alpha", 60).with("beta", 60);
    var sizes = new TreeMap<String, SortedSet<Integer>>();
    source.beforeRead =
        request -> {
          note(sizes, request);
          if (request.partition().id().equals("alpha") && request.pageSize() > 2) {
            throw new TooHeavy("too heavy");
          }
        };

    sync();

    assertThat(count("work_item")).isEqualTo(120);
    assertThat(requireNonNull(sizes.get("alpha")).first()).isLessThanOrEqualTo(2);
    assertThat(requireNonNull(sizes.get("beta")).first()).isGreaterThan(2);
  }

  private static synchronized void note(Map<String, SortedSet<Integer>> sizes, Request request) {
    sizes.computeIfAbsent(request.partition().id(), id -> new TreeSet<>()).add(request.pageSize());
  }

  private boolean failing() throws InterruptedException {
    try {
      sync();
      return false;
    } catch (SourceUnavailable e) {
      return true;
    }
  }
}
