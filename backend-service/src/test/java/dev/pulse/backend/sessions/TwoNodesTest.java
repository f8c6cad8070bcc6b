package dev.pulse.backend.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.backend.BackendTest;
import dev.pulse.backend.SecondNode;
import dev.pulse.model.Role;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

/** Two gateways on one database and one key file: it does not matter which one is asked. */
class TwoNodesTest extends BackendTest {

  private static final String ROLES = "/api/roles";

  @Autowired Environment environment;

  @Test
  void nodes_agree_on_who_is_signed_in_and_on_who_is_guessing() {
    try (var other = SecondNode.beside(environment, clock)) {
      var person = person(Role.VIEWER);
      var here = signedIn(person);
      var there = other.asked(here);
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
      assertThat(other.asked(guesser).login(person.email(), PASSWORD).status()).isEqualTo(429);
    }
  }
}
