package dev.pulse.etl.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A source that gives positions in a circle would be read for ever. */
@Timeout(60)
class TokenLoopTest extends ScriptedSync {

  private final AtomicInteger pages = new AtomicInteger();

  @Test
  void page_tokens_that_alternate_are_seen_as_a_loop() {
    source.with("alpha", 5);
    source.walked = (request, standard) -> leadingTo((number(request.position()) + 1) % 2);

    assertThatThrownBy(this::sync)
        .isInstanceOf(SourceUnavailable.class)
        .hasMessageContaining("never end");
    assertThat(pages.get()).isLessThan(50);
  }

  @Test
  void a_circle_of_page_tokens_that_begins_late_is_seen_as_a_loop() {
    source.with("alpha", 5);
    source.walked =
        (request, standard) -> {
          int next = number(request.position()) + 1;
          return leadingTo(next == 27 ? 20 : next);
        };

    assertThatThrownBy(this::sync).isInstanceOf(SourceUnavailable.class);
    assertThat(pages.get()).isLessThan(150);
  }

  @Test
  void children_whose_page_tokens_alternate_are_seen_as_a_loop() {
    source.with("alpha", 5);
    source.owed = (batch, position, standard) -> leadingTo((number(position) + 1) % 2);

    assertThatThrownBy(this::sync)
        .isInstanceOf(SourceUnavailable.class)
        .hasMessageContaining("never end");
    assertThat(pages.get()).isLessThan(50);
  }

  @Test
  void many_pages_that_lead_on_are_no_loop() throws Exception {
    source.with("alpha", 5);
    source.walked =
        (request, standard) -> {
          int next = number(request.position()) + 1;
          return next < 200 ? leadingTo(next) : standard;
        };

    sync();

    assertThat(pages).hasValue(400);
  }

  private int number(@Nullable Position position) {
    pages.incrementAndGet();
    return position == null ? 0 : Integer.parseInt(position.value());
  }

  private static Page leadingTo(int position) {
    return Page.servedAt(ScriptedSource.NOW).next(new Position("" + position));
  }
}
