package dev.pulse.etl.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class StorableTextTest {

  private static final JsonMapper JSON = JsonMapper.shared();

  @Test
  void nul_and_lone_surrogates_are_replaced_and_the_rest_is_kept() {
    assertThat(StorableText.of("a\u0000b \uD83D\uDE80 \uD800 c \uDC00"))
        .isEqualTo("a\uFFFDb \uD83D\uDE80 \uFFFD c \uFFFD");
  }

  @Test
  void escapes_in_json_are_mended_and_escaped_backslashes_are_not_mistaken_for_them() {
    assertThat(StorableText.ofJson("{\"a\":\"\\u0000 \\\\u0000 \\ud83d\\ude80 \\ud800x\"}"))
        .isEqualTo("{\"a\":\"\\uFFFD \\\\u0000 \\ud83d\\ude80 \\uFFFDx\"}");
  }

  @Property(tries = 500)
  void any_text_becomes_storable_and_storable_text_is_left_alone(@ForAll String text) {
    var stored = StorableText.of(text);

    assertThat(stored).doesNotContain("\u0000").hasSameSizeAs(text);
    assertThat(StorableText.of(stored)).isEqualTo(stored);
    assertThat(new String(stored.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
        .isEqualTo(stored);
  }

  @Property(tries = 300)
  void json_says_the_same_afterwards(@ForAll("storable") String text) {
    var json = JSON.writeValueAsString(Map.of("text", text));

    assertThat(StorableText.ofJson(json)).isEqualTo(json);
  }

  @Provide
  Arbitrary<String> storable() {
    return Arbitraries.strings().map(StorableText::of);
  }
}
