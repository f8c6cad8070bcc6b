package dev.pulse.etl.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowHashTest {

  /** Rows stored before would all be written again if the same values got another hash. */
  @Test
  void the_same_values_have_the_same_hash_for_ever() {
    assertThat(hash(1, "a", null, 42L, true)).isEqualTo(8279490226409047486L);
  }

  @Test
  void a_row_does_not_depend_on_the_rows_before_it() {
    var hash = new RowHash(1);
    hash.add("x".repeat(3_000_000));
    hash.next();
    hash.add("a");

    assertThat(hash.next()).isEqualTo(hash(1, "a"));
  }

  @Test
  void values_cannot_be_taken_for_others() {
    assertThat(hash(1, "ab", "c")).isNotEqualTo(hash(1, "a", "bc"));
    assertThat(hash(1, "", null)).isNotEqualTo(hash(1, null, ""));
    assertThat(hash(1, "a")).isNotEqualTo(hash(2, "a"));
    assertThat(hash(1, "ä")).isNotEqualTo(hash(1, "a"));
  }

  private static long hash(int mapping, @Nullable Object... values) {
    var hash = new RowHash(mapping);
    for (var value : values) hash.add(value);
    return hash.next();
  }
}
