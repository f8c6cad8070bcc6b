package dev.pulse.etl.connectors.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.WalkedStream;
import dev.pulse.etl.connectors.WalkedStream.Request;
import dev.pulse.etl.connectors.records.WorkItem;
import dev.pulse.local.world.CodeIssues;
import dev.pulse.local.world.World;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Issues that are updated, deleted and transferred between two pages of a walk. */
class GitHubMovingIssuesTest extends MovingRepositoryTest {

  private final CodeIssues issues = world.codeIssues();

  GitHubMovingIssuesTest() {
    super(new World(7, 600, Clock.systemUTC()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void a_walk_loses_nothing_whatever_happens_meanwhile(int size) throws InterruptedException {
    var own = own();

    var read =
        walk(
            null,
            size,
            page -> {
              if (page > 20) return;
              issues.edit(own.get(page)); // moves away behind or before the walk
              issues.delete(own.get(2 * page % own.size()));
            });

    assertThat(numbers(read)).containsAll(own().stream().map(this::number).toList());
  }

  @Test
  void a_later_walk_reads_what_was_updated_since_and_a_little_more() throws InterruptedException {
    var floor = Instant.now().minusSeconds(60);
    var own = own();
    var updated = own.subList(5, 12);
    updated.forEach(issues::edit);

    var read = walk(floor, 3, page -> {});

    assertThat(numbers(read)).hasSameElementsAs(updated.stream().map(this::number).toList());
  }

  @Test
  void issues_that_bear_the_same_second_are_all_read() throws InterruptedException {
    var own = own();
    own.forEach(issues::edit);

    var read = walk(null, 3, page -> {});

    assertThat(numbers(read)).containsAll(own.stream().map(this::number).toList());
    assertThat(read.size()).isLessThan(3 * own.size());
  }

  /** Walks to the end; {@code between} is told how many pages have been read. */
  private List<Page> walk(@Nullable Instant floor, int size, IntConsumer between)
      throws InterruptedException {
    var stream =
        (WalkedStream)
            source.stages().stream()
                .flatMap(List::stream)
                .filter(each -> each.name().equals("issues"))
                .findFirst()
                .orElseThrow();
    var pages = new ArrayList<Page>();
    do {
      var at = pages.isEmpty() ? null : pages.getLast().next();
      pages.add(stream.read(new Request(repository, floor, at, size)));
      between.accept(pages.size());
    } while (!pages.getLast().last());
    return pages;
  }

  /** Those of the first repository that are there. */
  private List<Integer> own() {
    return IntStream.range(0, issues.count())
        .filter(i -> issues.issue(i).repository().index() == 0 && !issues.gone(i))
        .boxed()
        .toList();
  }

  private static List<String> numbers(List<Page> walk) {
    return walk.stream()
        .flatMap(page -> page.records().stream())
        .filter(WorkItem.class::isInstance)
        .map(row -> ((WorkItem) row).key())
        .toList();
  }

  private String number(int issue) {
    var row = issues.issue(issue);
    return row.repository().fullName() + "#" + row.number();
  }
}
