package dev.pulse.local.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.local.world.Shelf.Placed;
import dev.pulse.local.world.Shelf.Sort;
import dev.pulse.local.world.Shelf.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A page of a list is what it would be if the whole list were made and sorted. */
class ShelfTest {

  private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");
  private static final int FIRST = 40;
  private static final int PROJECTS = 4;

  private final Shelf shelf =
      new Shelf(PROJECTS, FIRST, index -> BEGINNING.plusSeconds(index / 3 * 10L));

  @ParameterizedTest
  @EnumSource
  void pages_are_those_of_the_whole_list(Sort sort) {
    var chance = new SplittableRandom(sort.name().hashCode());
    for (int round = 0; round < 120; round++) {
      var at = BEGINNING.plusSeconds(1_000L + round);
      switch (chance.nextInt(4)) {
        case 0 -> shelf.create(at);
        case 1 -> shelf.delete(chance.nextInt(shelf.count()));
        default -> shelf.edit(chance.nextInt(shelf.count()), at);
      }
      var projects =
          IntStream.range(0, PROJECTS).filter(_ -> chance.nextInt(3) > 0).boxed().toList();
      var since = chance.nextBoolean() ? BEGINNING.plusSeconds(chance.nextInt(1_200)) : null;
      var view = new View(projects, since, sort);
      var whole = whole(projects, since, sort);

      assertThat(shelf.size(view)).isEqualTo(whole.size());
      assertThat(shelf.slice(view, 0, 1_000)).isEqualTo(whole);
      var places = shelf.places(view);
      assertThat(places).extracting(Placed::index).isEqualTo(whole);
      assertThat(places).extracting(Placed::order).isSortedAccordingTo(direction(sort));
      int from = chance.nextInt(FIRST);
      assertThat(shelf.slice(view, from, 7))
          .isEqualTo(whole.subList(Math.min(from, whole.size()), Math.min(from + 7, whole.size())));
    }
  }

  private static Comparator<Order> direction(Sort sort) {
    return sort == Sort.NEWEST_FIRST ? Comparator.reverseOrder() : Comparator.naturalOrder();
  }

  private List<Integer> whole(List<Integer> projects, @Nullable Instant since, Sort sort) {
    var all = new ArrayList<Integer>();
    for (int index = 0; index < shelf.count(); index++) {
      if (shelf.deleted(index) || !projects.contains(index % PROJECTS)) continue;
      if (since == null || !shelf.updated(index).isBefore(since)) all.add(index);
    }
    var byTime =
        Comparator.<Integer, Instant>comparing(shelf::updated)
            .thenComparing(Comparator.naturalOrder());
    switch (sort) {
      case ID -> {}
      case OLDEST_FIRST -> all.sort(byTime);
      case NEWEST_FIRST -> all.sort(byTime.reversed());
    }
    return all;
  }
}
