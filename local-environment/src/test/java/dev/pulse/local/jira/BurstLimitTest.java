package dev.pulse.local.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.local.SettableClock;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BurstLimitTest {

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T10:00:00Z"));
  private final JiraSite site = new JiraSite(clock);

  @AfterEach
  void stop() {
    site.close();
  }

  @Test
  void without_a_limit_nothing_is_said_of_one() throws Exception {
    assertThat(site.get("field").headers().map().keySet())
        .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("x-ratelimit"));
  }

  @Test
  void the_requests_of_an_operation_run_out_and_are_there_again_after_the_window()
      throws Exception {
    site.simulator.jira().allow(2, Duration.ofSeconds(10));

    var first = site.get("field");
    var second = site.get("field");
    clock.forward(Duration.ofMillis(2_500));
    var third = site.get("field");
    var other = site.get("status");
    clock.forward(Duration.ofMillis(7_500));
    var later = site.get("field");

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(header(first, "X-RateLimit-Limit")).isEqualTo("2");
    assertThat(header(first, "X-RateLimit-Remaining")).isEqualTo("1");
    assertThat(header(first, "X-RateLimit-Reset")).isEqualTo("2026-11-23T10:00:10Z");
    assertThat(first.headers().firstValue("X-RateLimit-NearLimit")).isEmpty();
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(header(second, "X-RateLimit-NearLimit")).isEqualTo("true");
    assertThat(third.statusCode()).isEqualTo(429);
    assertThat(header(third, "Retry-After")).isEqualTo("8");
    assertThat(header(third, "RateLimit-Reason")).isEqualTo("jira-burst-based");
    assertThat(other.statusCode()).isEqualTo(200);
    assertThat(later.statusCode()).isEqualTo(200);
  }

  @Test
  void it_can_be_set_and_taken_away_while_the_site_runs() throws Exception {
    set("{\"jira\":{\"requests\":1,\"seconds\":60}}");
    site.get("field");
    var refused = site.get("field");
    set("{\"jira\":null}");
    var free = site.get("field");

    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(free.statusCode()).isEqualTo(200);
  }

  private void set(String wish) throws Exception {
    var answer = site.send(site.request("_world/budgets").POST(BodyPublishers.ofString(wish)));
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
