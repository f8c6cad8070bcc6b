package dev.pulse.backend.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class ClientAddressesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.9 |                                  | 203.0.113.9",
        "203.0.113.9 | 10.1.1.1                         | 203.0.113.9",
        "127.0.0.1   | 198.51.100.1                     | 198.51.100.1",
        "127.0.0.1   | 1.1.1.1, 198.51.100.1            | 198.51.100.1",
        "127.0.0.1   | 1.1.1.1, 198.51.100.1, 10.2.3.4  | 198.51.100.1",
        "127.0.0.1   | 10.9.9.9, 10.2.3.4               | 10.9.9.9",
        "127.0.0.1   | unknown, 10.2.3.4                | 10.2.3.4",
        "127.0.0.1   | 198.51.100.1:1234                | 127.0.0.1",
        "127.0.0.1   | localhost                        | 127.0.0.1",
        "127.0.0.1   | ,                                | 127.0.0.1",
        "127.0.0.1   | 2001:db8::7                      | 2001:db8::7",
        "0:0:0:0:0:0:0:1 | 198.51.100.1                 | 0:0:0:0:0:0:0:1",
      })
  void what_a_proxy_says_counts_as_far_as_it_is_trusted(
      String connected, String forwarded, String believed) {
    var request = from(connected);
    if (forwarded != null) request.addHeader("X-Forwarded-For", forwarded);

    assertThat(behind("127.0.0.1", "10.0.0.0/8").of(request)).isEqualTo(believed);
  }

  @Test
  void several_headers_are_one_list() {
    var request = from("127.0.0.1");
    request.addHeader("X-Forwarded-For", "198.51.100.1");
    request.addHeader("X-Forwarded-For", "10.2.3.4");

    assertThat(behind("127.0.0.1", "10.0.0.0/8").of(request)).isEqualTo("198.51.100.1");
  }

  @Test
  void without_trusted_proxies_only_the_connection_counts_whatever_a_header_says() {
    var request = from("127.0.0.2");
    for (var header : List.of("X-Forwarded-For", "Forwarded", "X-Real-IP", "Client-IP")) {
      request.addHeader(header, "198.51.100.1");
    }

    assertThat(behind().of(request)).isEqualTo("127.0.0.2");
  }

  @Test
  void a_subscriber_of_ipv6_is_one_network() {
    var addresses = behind();

    assertThat(addresses.network(from("2001:db8:1:2::1")))
        .isEqualTo(addresses.network(from("2001:db8:1:2:ffff::9")))
        .isNotEqualTo(addresses.network(from("2001:db8:1:3::1")));
    assertThat(addresses.network(from("192.0.2.1")))
        .isNotEqualTo(addresses.network(from("192.0.2.2")));
  }

  private static ClientAddresses behind(String... proxies) {
    return new ClientAddresses(List.of(proxies));
  }

  private static MockHttpServletRequest from(String address) {
    var request = new MockHttpServletRequest();
    request.setRemoteAddr(address);
    return request;
  }
}
