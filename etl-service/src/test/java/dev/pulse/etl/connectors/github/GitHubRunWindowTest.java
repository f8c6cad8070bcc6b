package dev.pulse.etl.connectors.github;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.SourceFailure.PositionExpired;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every run is seen, whatever the order in which a search shows at most a thousand of them. */
class GitHubRunWindowTest {

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  private final List<Instant> runs = new ArrayList<>();
  private final Set<Integer> seen = new HashSet<>();
  private int requests;
  private boolean reported;

  @Test
  void a_repository_without_news_is_asked_once() {
    walk(NOW.minus(Duration.ofDays(1)), 100);

    assertThat(requests).isEqualTo(1);
  }

  @Test
  void a_page_of_runs_is_asked_for_once() {
    spread(100, Duration.ofDays(400));

    walk(null, 100);

    assertThat(seen).hasSize(100);
    assertThat(requests).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {101, 999, 1_000, 1_001, 2_500, 20_000})
  void however_many_there_are_each_is_seen(int count) {
    spread(count, Duration.ofDays(400));

    walk(null, 100);

    assertThat(seen).hasSize(count);
    assertThat(requests).isLessThan(20 + count / 100 * 3 / 2);
    assertThat(reported).isFalse();
  }

  @Test
  void years_of_silence_before_a_busy_hour_cost_little() {
    spread(5_000, Duration.ofHours(1));

    walk(null, 100);

    assertThat(seen).hasSize(5_000);
    assertThat(requests).isLessThan(120);
  }

  @Test
  void smaller_pages_see_them_too() {
    spread(1_700, Duration.ofDays(20));

    walk(NOW.minus(Duration.ofDays(30)), 30);

    assertThat(seen).hasSize(1_700);
  }

  @Test
  void a_thousand_within_a_second_are_seen() {
    IntStream.range(0, 1_000).forEach(_ -> runs.add(NOW.minusSeconds(500)));

    walk(null, 100);

    assertThat(seen).hasSize(1_000);
    assertThat(reported).isFalse();
  }

  @Test
  void more_than_a_thousand_within_a_second_are_reported_and_the_others_read() {
    spread(1_500, Duration.ofDays(2));
    IntStream.range(0, 1_200).forEach(_ -> runs.add(NOW.minusSeconds(500)));

    walk(null, 100);

    assertThat(reported).isTrue();
    assertThat(seen).hasSizeBetween(2_500, 2_700);
  }

  @Test
  void a_list_that_moves_while_it_is_read_is_read_anew_in_smaller_parts() {
    spread(800, Duration.ofDays(20));
    var window = GitHubRunWindow.down(NOW.minus(Duration.ofDays(30)));
    window = requireNonNull(window.next(800, 100, true, 100, NOW));
    window = requireNonNull(window.next(800, 100, true, 100, NOW));

    var again = requireNonNull(window.next(799, 100, true, 100, NOW));

    assertThat(window.page(100)).isEqualTo(2);
    assertThat(again.page(100)).isEqualTo(1);
    assertThat(again.to()).isEqualTo(window.to());
    assertThat(Duration.between(again.from(), again.to()))
        .isLessThanOrEqualTo(Duration.between(window.from(), window.to()).dividedBy(2));
  }

  @Test
  void a_place_survives_being_stored() {
    var place = new GitHubRunWindow(NOW, NOW.plusSeconds(1), NOW.plusSeconds(9), 200, 812);

    assertThat(GitHubRunWindow.of(place.position())).isEqualTo(place);
    assertThatThrownBy(() -> GitHubRunWindow.of(new Position("nowhere")))
        .isInstanceOf(PositionExpired.class);
  }

  private void spread(int count, Duration over) {
    var chance = new SplittableRandom(count);
    for (int i = 0; i < count; i++) {
      runs.add(NOW.minusSeconds(chance.nextLong(1, over.toSeconds())));
    }
  }

  private void walk(@Nullable Instant low, int size) {
    runs.sort(Collections.reverseOrder());
    var window = GitHubRunWindow.down(low);
    while (window != null) {
      assertThat(++requests).as(window.toString()).isLessThan(2_000);
      window = answer(window, size);
    }
  }

  /** Answers as GitHub does. */
  private @Nullable GitHubRunWindow answer(GitHubRunWindow window, int size) {
    var filter = URLDecoder.decode(window.filter(), StandardCharsets.UTF_8);
    var from =
        Instant.parse(filter.startsWith(">=") ? filter.substring(2) : filter.split("\\.\\.")[0]);
    var to = filter.startsWith(">=") ? NOW : Instant.parse(filter.split("\\.\\.")[1]);
    var found =
        IntStream.range(0, runs.size())
            .filter(i -> !runs.get(i).isBefore(from) && !runs.get(i).isAfter(to))
            .boxed()
            .toList();
    int begin = Math.min((window.page(size) - 1) * size, found.size());
    int most = Math.min(found.size(), GitHubRunWindow.MOST);
    var page = found.subList(Math.min(begin, most), Math.min(begin + size, most));
    seen.addAll(page);
    reported |= window.hides(found.size());
    return window.next(found.size(), page.size(), begin + size < most, size, NOW);
  }
}
