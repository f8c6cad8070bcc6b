package dev.pulse.local.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.local.SettableClock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangesTest {

  private final World world =
      new World(7, 1_000, new SettableClock(Instant.parse("2026-11-23T10:00:00Z")));

  @Test
  void one_percent_is_something_of_every_kind_each_time() {
    var before = all();

    for (int round = 0; round < 3; round++) {
      world.change(1);

      var now = all();
      assertThat(now)
          .allSatisfy((kind, rows) -> assertThat(rows.equals(before.get(kind))).as(kind).isFalse());
      before.putAll(now);
    }
  }

  @Test
  void one_percent_leaves_most_as_it_was() {
    var began = world.now();

    world.change(1);

    assertThat(IntStream.range(0, world.issueCount()).mapToObj(world::issue))
        .filteredOn(issue -> issue.updated().isBefore(began))
        .hasSize(world.issueCount() - Math.ceilDiv(world.issueCount(), 100));
    assertThat(IntStream.range(0, world.pullCount()).mapToObj(world::pull))
        .filteredOn(pull -> pull.updated().isBefore(began))
        .hasSize(world.pullCount() - Math.ceilDiv(world.pullCount(), 100));
  }

  @Test
  void somebody_who_is_renamed_is_named_so_wherever_they_are() {
    var lead = world.projects().get(1).lead();

    world.renamePerson(lead.index(), "Somebody Else");

    assertThat(world.projects().get(1).lead().name()).isEqualTo("Somebody Else");
    assertThat(world.repositories().stream().flatMap(each -> world.histories().of(each).stream()))
        .extracting(commit -> commit.author().name())
        .contains("Somebody Else")
        .doesNotContain(lead.name());
  }

  /** What is shown of everything, by kind. */
  private Map<String, List<String>> all() {
    var all = new HashMap<String, List<String>>();
    all.put("people", texts(world.people()));
    all.put("projects", texts(world.projects()));
    all.put("repositories", texts(world.repositories()));
    all.put(
        "issues", texts(IntStream.range(0, world.issueCount()).mapToObj(world::issue).toList()));
    all.put(
        "pull requests",
        texts(IntStream.range(0, world.pullCount()).mapToObj(world::pull).toList()));
    all.put(
        "work",
        texts(
            IntStream.range(0, world.issueCount())
                .mapToObj(i -> world.work().on(world.issue(i)))
                .toList()));
    all.put("boards", texts(world.projects().stream().map(world.planning()::boardName).toList()));
    all.put("sprints", texts(world.projects().stream().map(world::sprints).toList()));
    all.put("versions", texts(world.projects().stream().map(world.planning()::versions).toList()));
    all.put("commits", texts(world.repositories().stream().map(world.histories()::of).toList()));
    all.put("releases", texts(world.repositories().stream().map(world.releases()::of).toList()));
    for (var kind : Plan.Kind.values()) {
      all.put(
          kind.name(),
          texts(
              IntStream.range(0, world.roadmap().shelf(kind).count())
                  .mapToObj(i -> world.roadmap().plan(kind, i))
                  .toList()));
    }
    return all;
  }

  private static List<String> texts(List<?> things) {
    return things.stream().map(String::valueOf).toList();
  }
}
