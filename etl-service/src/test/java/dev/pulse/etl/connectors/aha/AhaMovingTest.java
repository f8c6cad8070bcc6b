package dev.pulse.etl.connectors.aha;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.connectors.ConnectorFixture;
import dev.pulse.etl.connectors.TestedSource;
import dev.pulse.local.Simulator;
import dev.pulse.local.aha.AhaApi;
import dev.pulse.local.world.Plan.Kind;
import dev.pulse.local.world.Shelf.Sort;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists that move while they are read: each change moves up by one place whatever is behind. */
class AhaMovingTest extends ConnectorFixture {

  private final AtomicInteger touched = new AtomicInteger();

  @Override
  protected TestedSource tested(Simulator simulator) {
    return new TestedAha(simulator);
  }

  @Override
  protected int scale() {
    return 4_000;
  }

  /** Moves within the overlap of two pages, and by far more. */
  @ParameterizedTest
  @CsvSource({
    "OLDEST_FIRST, 3",
    "OLDEST_FIRST, 12",
    "OLDEST_FIRST, 150",
    "NEWEST_FIRST, 12",
    "ID, 12"
  })
  void what_is_changed_between_two_pages_makes_no_other_record_be_missed(Sort sort, int changes) {
    simulator.source(AhaApi.class).sort(sort);
    afterEachPage(changes, index -> simulator.world().roadmap().edit(Kind.FEATURE, index));

    sync();

    assertThat(touched.get()).isPositive();
    proxy().passOn();
    sync(); // reads what was changed, and nothing else
    assertEqualToWorld();
  }

  @ParameterizedTest
  @CsvSource({"ID, 3", "ID, 60", "NEWEST_FIRST, 20"})
  void what_is_deleted_between_two_pages_makes_no_other_record_be_missed(Sort sort, int deletions) {
    simulator.source(AhaApi.class).sort(sort);
    afterEachPage(deletions, index -> simulator.world().roadmap().delete(Kind.FEATURE, index));

    sync();

    var shelf = simulator.world().roadmap().shelf(Kind.FEATURE);
    var first = simulator.world().roadmap().plan(Kind.FEATURE, 0).id();
    var present =
        texts(
            "select external_id from work_item where connection_id = ? and kind = 'feature' and"
                + " deleted_at is null");
    assertThat(present)
        .containsAll(
            IntStream.range(0, shelf.count())
                .filter(index -> !shelf.deleted(index))
                .mapToObj(index -> Long.toString(first + index))
                .toList());
  }

  /** Touches the first features of a workspace whenever a page of it was read. */
  private void afterEachPage(int count, IntConsumer touch) {
    proxy()
        .answer(
            (asked, from) -> {
              var answer = from.answer(asked);
              if (!asked.path().matches(".*/products/\\d+/features\\?.*")) return answer;
              int project =
                  Integer.parseInt(asked.path().replaceFirst(".*/products/(\\d+)/.*", "$1"))
                      - (int) simulator.world().projects().getFirst().id();
              int projects = simulator.world().projects().size();
              int round = touched.getAndAdd(count) / projects;
              for (int i = 0; i < count && round + i < 150; i++) {
                touch.accept((round + i) * projects + project);
              }
              return answer;
            });
  }
}
