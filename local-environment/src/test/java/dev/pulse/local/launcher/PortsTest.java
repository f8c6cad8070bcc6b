package dev.pulse.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {

  @Test
  void the_offset_moves_every_port() {
    var ports = Ports.from(Map.of("PULSE_PORT_OFFSET", "100"));

    assertThat(ports.frontend()).isEqualTo(3_100);
    assertThat(ports.gateway()).isEqualTo(5_100);
    assertThat(ports.etl()).isEqualTo(8_100);
    assertThat(ports.etlManagement()).isEqualTo(8_101);
    assertThat(ports.simulator()).isEqualTo(9_100);
    assertThat(ports.postgres()).isEqualTo(15_532);
  }

  @Test
  void no_offset_is_the_standard_ports() {
    assertThat(Ports.from(Map.of())).isEqualTo(new Ports(0));
    assertThat(Ports.from(Map.of("PULSE_PORT_OFFSET", " "))).isEqualTo(new Ports(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "ten", "1.5", "50104", "99999999999"})
  void an_offset_that_leads_nowhere_is_refused(String offset) {
    assertThatThrownBy(() -> Ports.from(Map.of("PULSE_PORT_OFFSET", offset)))
        .isInstanceOf(LauncherProblem.class)
        .hasMessageContaining("PULSE_PORT_OFFSET");
  }

  @Test
  void a_taken_port_is_told_with_the_remedy() throws IOException {
    try (var holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> Listener.requireFree("etl-service", holder.getLocalPort()))
          .isInstanceOfSatisfying(
              LauncherProblem.class,
              problem -> assertThat(problem.remedy()).contains("PULSE_PORT_OFFSET=100"))
          .hasMessageContaining("Port " + holder.getLocalPort())
          .hasMessageContaining("etl-service");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void the_holder_of_a_taken_port_is_named() throws IOException {
    try (var holder = new ServerSocket(0)) {
      assertThatThrownBy(() -> Listener.requireFree("gateway", holder.getLocalPort()))
          .hasMessageContaining("java (process %d)".formatted(ProcessHandle.current().pid()));
    }
  }

  @Test
  void a_free_port_passes() throws IOException {
    int port;
    try (var once = new ServerSocket(0)) {
      port = once.getLocalPort();
    }

    Listener.requireFree("gateway", port);

    assertThat(Listener.isFree(port)).isTrue();
  }
}
