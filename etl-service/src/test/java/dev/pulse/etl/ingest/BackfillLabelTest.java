package dev.pulse.etl.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.ingest.Backfills.Wanted;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a backfill is called says that it is one, and of which time. */
class BackfillLabelTest {

  @Test
  void the_range_is_told_by_the_day_or_where_it_matters_by_the_minute() {
    assertThat(label("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"))
        .isEqualTo("cards (backfill from 1 January 2026 to 1 February 2026)");
    assertThat(label("2026-01-01T08:30:00Z", null))
        .isEqualTo("cards (backfill since 1 January 2026, 08:30 UTC)");
    assertThat(label("1970-01-01T00:00:00Z", null))
        .isEqualTo("cards (backfill from the beginning)");
  }

  private static String label(String from, @Nullable String to) {
    var until = to == null ? null : Instant.parse(to);
    return new Wanted("cards", null, Instant.parse(from), until).label("cards");
  }
}
