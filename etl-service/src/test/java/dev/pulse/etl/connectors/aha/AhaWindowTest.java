package dev.pulse.etl.connectors.aha;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AhaWindowTest {

  @ParameterizedTest
  @ValueSource(ints = {50, 100, 199, 200})
  void pages_overlap_and_get_on_however_long_the_list_is(int largest) {
    int end = largest;
    while (end < 200_000) {
      var next = AhaWindow.at(end - AhaWindow.OVERLAP, largest);

      assertThat(next.begin()).isLessThanOrEqualTo(end - AhaWindow.OVERLAP);
      assertThat(next.size()).isBetween(1, largest);
      assertThat(next.end()).isGreaterThan(end);
      end = next.end();
    }
  }

  @Test
  void ten_thousand_records_take_an_eighth_more_requests_than_without_overlap() {
    int requests = 1;
    for (int end = 200; end < 10_000; requests++) {
      end = AhaWindow.at(end - AhaWindow.OVERLAP, 200).end();
    }

    assertThat(requests).isEqualTo(56);
  }

  @Test
  void the_first_page_is_as_large_as_may_be() {
    assertThat(AhaWindow.at(0, 200)).isEqualTo(new AhaWindow(1, 200));
  }
}
