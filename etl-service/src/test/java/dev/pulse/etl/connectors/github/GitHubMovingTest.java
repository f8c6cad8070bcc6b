package dev.pulse.etl.connectors.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.WalkedStream;
import dev.pulse.etl.connectors.WalkedStream.Request;
import dev.pulse.etl.connectors.records.PullRequest;
import dev.pulse.local.world.World;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Pull requests that are updated between two pages of a walk. */
class GitHubMovingTest extends MovingRepositoryTest {

  private static final int PAGE = 10;

  private final List<Integer> own =
      IntStream.range(0, world.pullCount())
          .filter(i -> world.pull(i).repository().index() == 0)
          .boxed()
          .toList();

  GitHubMovingTest() {
    super(new World(7, 200, Clock.systemUTC()));
  }

  @Test
  void a_first_walk_reads_each_once_whatever_is_updated_meanwhile() throws InterruptedException {
    var read =
        walk(
            null,
            page -> {
              world.editPull(own.get(page));
              world.editPull(own.getLast());
            });

    assertThat(numbers(read)).containsExactlyElementsOf(own.stream().map(this::number).toList());
  }

  @Test
  void a_later_walk_loses_only_what_the_next_one_finds() throws InterruptedException {
    var floor = Instant.now().minusSeconds(60);
    own.forEach(world::editPull);
    var moved = List.of(own.get(1), own.get(own.size() / 2), own.getLast(), own.get(2));

    var read = walk(floor, page -> world.editPull(moved.get((page - 1) % moved.size())));
    var again = walk(read.getFirst().servedAt(), page -> {});

    assertThat(numbers(read)).doesNotHaveDuplicates();
    assertThat(numbers(again)).containsAll(moved.stream().map(this::number).toList());
    assertThat(Stream.of(read, again).flatMap(walk -> numbers(walk).stream()))
        .containsAll(own.stream().map(this::number).toList());
  }

  /** Walks to the end; {@code between} is told how many pages have been read. */
  private List<Page> walk(@Nullable Instant floor, IntConsumer between)
      throws InterruptedException {
    var stream =
        (WalkedStream)
            source.stages().stream()
                .flatMap(List::stream)
                .filter(each -> each.name().equals("pull_requests"))
                .findFirst()
                .orElseThrow();
    var pages = new ArrayList<Page>();
    do {
      var at = pages.isEmpty() ? null : pages.getLast().next();
      pages.add(stream.read(new Request(repository, floor, at, PAGE)));
      between.accept(pages.size());
    } while (!pages.getLast().last());
    return pages;
  }

  private static List<Long> numbers(List<Page> walk) {
    return walk.stream()
        .flatMap(page -> page.records().stream())
        .filter(PullRequest.class::isInstance)
        .map(row -> ((PullRequest) row).number())
        .toList();
  }

  private long number(int pull) {
    return world.pull(pull).number();
  }
}
