package dev.pulse.backend.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.backend.BackendService;
import dev.pulse.backend.BackendTest;
import dev.pulse.backend.Browser;
import dev.pulse.backend.SettableClock;
import dev.pulse.model.Role;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;

/** Two gateways on one database and one key file: it does not matter which one is asked. */
class TwoNodesTest extends BackendTest {

  private static final String ROLES = "/api/roles";

  @Autowired Environment environment;

  private ConfigurableApplicationContext other = new GenericApplicationContext();

  @BeforeEach
  void start_another_node() {
    var settings =
        Stream.of(
                "spring.datasource.url",
                "spring.datasource.username",
                "spring.datasource.password",
                "pulse.auth.keys-file",
                "pulse.internal.keys-file",
                "pulse.trusted-proxies",
                "pulse.auth.hash-patience")
            .map(name -> "--%s=%s".formatted(name, environment.getRequiredProperty(name)));
    other =
        new SpringApplicationBuilder(BackendService.class)
            .initializers(this::withTheSameClock)
            .run(Stream.concat(settings, Stream.of("--server.port=0")).toArray(String[]::new));
  }

  @AfterEach
  void end_it() {
    other.close();
  }

  @Test
  void nodes_agree_on_who_is_signed_in_and_on_who_is_guessing() {
    var person = person(Role.VIEWER);
    var here = signedIn(person);
    var there = there(here);
    assertThat(there.get(ROLES).status()).as("a login counts at once").isEqualTo(200);

    assertThat(there.refresh().status()).isEqualTo(204);
    assertThat(here.refresh().status()).as("another tab, at another node").isEqualTo(204);
    assertThat(here.cookie("pulse-refresh")).isEqualTo(there.cookie("pulse-refresh"));

    assertThat(here.delete("/api/sessions").status()).isEqualTo(204);
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(there.get(ROLES).status()).isEqualTo(401));
    assertThat(there.refresh().status()).isEqualTo(401);

    var guesser = browser().from("198.51.100.99");
    for (int i = 0; i < 6; i++) guesser.login(person.email(), "none of the whales");
    assertThat(there(guesser).login(person.email(), PASSWORD).status()).isEqualTo(429);
  }

  private Browser there(Browser browser) {
    return browser.copyTo(
        other.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
  }

  private void withTheSameClock(ConfigurableApplicationContext context) {
    ((GenericApplicationContext) context)
        .registerBean(
            "settableClock", SettableClock.class, () -> clock, bean -> bean.setPrimary(true));
  }
}
