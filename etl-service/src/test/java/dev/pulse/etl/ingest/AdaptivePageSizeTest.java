package dev.pulse.etl.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.connectors.RecordStream.PageSize;
import org.junit.jupiter.api.Test;

class AdaptivePageSizeTest {

  private final AdaptivePageSize size = new AdaptivePageSize(new PageSize(1, 50, 100));

  @Test
  void a_page_too_heavy_halves_it_and_five_good_pages_bring_it_back() {
    assertThat(size.halve()).isTrue();
    assertThat(size.halve()).isTrue();
    assertThat(size.now()).isEqualTo(12);

    for (int page = 0; page < 10; page++) size.wentWell();

    assertThat(size.now()).isEqualTo(48);
  }

  @Test
  void it_grows_to_the_largest_and_shrinks_to_the_smallest_and_no_further() {
    for (int page = 0; page < 50; page++) size.wentWell();
    assertThat(size.now()).isEqualTo(100);

    int halvings = 0;
    while (size.halve()) halvings++;

    assertThat(size.now()).isEqualTo(1);
    assertThat(halvings).isEqualTo(6);
  }

  @Test
  void good_pages_count_anew_after_one_that_was_too_heavy() {
    for (int page = 0; page < 4; page++) size.wentWell();
    assertThat(size.halve()).isTrue();

    size.wentWell();

    assertThat(size.now()).isEqualTo(25);
  }
}
