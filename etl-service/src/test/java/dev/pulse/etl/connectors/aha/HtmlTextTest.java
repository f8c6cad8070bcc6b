package dev.pulse.etl.connectors.aha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<p>One</p><p>Two</p> | One\\nTwo",
        "<div class=\"a\"><ul><li>One</li><li>Two <b>bold</b></li></ul></div> | One\\nTwo bold",
        "One<br>Two<br/>Three | One\\nTwo\\nThree",
        "a &amp; b &lt; c &#8364; &#x20AC; &nbsp;d | a & b < c € €  d",
        "no tags at all | no tags at all",
        "<!-- hidden -->shown | shown",
        "1 < 2 and 3 > 2 | 1 < 2 and 3 > 2",
        "a &unknown; b & c &# d | a &unknown; b & c &# d",
        "&#99999999; &#xFFFFFF; | &#99999999; &#xFFFFFF;",
        "cut off <b | cut off <b",
        "<a href=\"https://x.example/?a=1&amp;b=2\">link</a> | link",
      })
  void only_the_words_are_kept(String html, String text) {
    assertThat(HtmlText.of(html)).isEqualTo(text.replace("\\n", "\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"<", "<a", "&", "&#", "<!--", "<p>", "</", "a<b>&amp;"})
  void a_megabyte_of_anything_is_read_in_a_moment(String part) {
    var html = part.repeat(1_000_000 / part.length());

    assertTimeout(Duration.ofSeconds(5), () -> HtmlText.of(html));
  }
}
