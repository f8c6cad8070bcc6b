package dev.pulse.etl.platform.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.etl.platform.NotStartable;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowedAddressesTest {

  private final AllowedAddresses own = allowed();
  private final AllowedAddresses more = allowed("10.1.0.0/16", "192.168.1.7", "fd00::/8");

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,        true,  true",
    "0:0:0:0:0:0:0:1,  true,  true",
    "127.0.0.2,        false, false",
    "10.1.2.3,         false, true",
    "10.2.0.1,         false, false",
    "192.168.1.7,      false, true",
    "192.168.1.8,      false, false",
    "fd00::17,         false, true",
    "fe80::1,          false, false",
    "203.0.113.9,      false, false"
  })
  void this_machine_is_allowed_and_what_is_set_besides(
      String peer, boolean byItself, boolean whenSet) {
    assertThat(own.allow(peer)).isEqualTo(byItself);
    assertThat(more.allow(peer)).isEqualTo(whenSet);
  }

  @Test
  void what_is_no_address_ends_the_start() {
    assertThatThrownBy(() -> allowed("10.1.0.0/99"))
        .isInstanceOf(NotStartable.class)
        .hasMessageStartingWith("PULSE_INTERNAL_ALLOWED_ADDRESSES is not a list");
    assertThatThrownBy(() -> allowed("gateway.example/16")).isInstanceOf(NotStartable.class);
  }

  @Test
  void a_setting_that_is_left_blank_is_not_set() {
    assertThat(new InternalSettings(Path.of(""), List.of()).signed()).isFalse();
    assertThat(new InternalSettings(null, List.of()).signed()).isFalse();
    assertThat(new InternalSettings(Path.of("keys"), List.of()).signed()).isTrue();
  }

  private static AllowedAddresses allowed(String... addresses) {
    return new AllowedAddresses(new InternalSettings(null, List.of(addresses)));
  }
}
