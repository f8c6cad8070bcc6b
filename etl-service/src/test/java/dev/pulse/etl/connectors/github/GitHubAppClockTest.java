package dev.pulse.etl.connectors.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.EtlTest;
import dev.pulse.etl.connectors.ConnectionSettings;
import dev.pulse.etl.connectors.ConnectorRegistry;
import dev.pulse.etl.connectors.Source;
import dev.pulse.etl.platform.http.Network;
import dev.pulse.etl.platform.secret.Secret;
import dev.pulse.local.Simulator;
import dev.pulse.local.github.GitHubAppApi;
import dev.pulse.local.world.World;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** An App on a machine whose clock is wrong: GitHub judges what it signs by its own. */
class GitHubAppClockTest extends EtlTest {

  private static volatile Duration wrongBy = Duration.ZERO;

  @TestConfiguration
  static class WrongClock {

    @Bean
    @Primary
    Clock wrongClock() {
      return new Clock() {
        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return Instant.now().plus(wrongBy);
        }
      };
    }
  }

  @Autowired private ConnectorRegistry connectors;
  private final World world = new World(7, 60, Clock.systemUTC());
  private final Simulator simulator = Simulator.start(world, 0);

  @AfterEach
  void right_again() {
    wrongBy = Duration.ZERO;
    simulator.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {-600, -3_600, 120, 86_400})
  void a_clock_that_is_wrong_is_corrected_by_githubs(long seconds) throws InterruptedException {
    wrongBy = Duration.ofSeconds(seconds);

    try (var source = open()) {
      assertThat(source.check().works()).isTrue();
      assertThat(source.discover("", 5)).isNotEmpty();
    }
  }

  @Test
  void a_clock_that_is_a_little_wrong_costs_nothing() throws InterruptedException {
    wrongBy = Duration.ofSeconds(20);

    try (var source = open()) {
      source.discover("", 5);
    }

    assertThat(simulator.requests().counts())
        .containsEntry("github-app installation", 1L)
        .containsEntry("github-app access_tokens", 1L);
  }

  private Source open() {
    var app = new TestedGitHubApp(simulator);
    return connectors
        .find("github-app")
        .orElseThrow()
        .open(
            new ConnectionSettings(
                app.settings(simulator.url(app.name())),
                Map.of("privateKey", new Secret(simulator.source(GitHubAppApi.class).privateKey())),
                ConnectionSettings.Scope.ALL,
                Network.DIRECT,
                null));
  }
}
