package dev.pulse.etl.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.alerts.Receiver;
import dev.pulse.etl.connectors.toy.ToyBox;
import dev.pulse.etl.runs.Node;
import dev.pulse.local.postgres.LocalPostgres;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.Environment;

/** Several nodes watch one cluster: one at a time does, and people hear everything once. */
class TwoWatchersTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  @Test
  void one_tells_and_when_it_goes_the_other_does() {
    var database = LocalPostgres.shared().freshDatabase();
    try (var box = new ToyBox();
        var receiver = new Receiver();
        var one = Node.start(database, "watchers", "--pulse.monitoring.interval=200ms");
        var two = Node.start(database, "watchers", "--pulse.monitoring.interval=200ms")) {
      one.ask("POST", "alerts", alert(receiver));
      box.breakAt("/boards", 401);
      long job = one.ask("POST", "connections", MonitoredTest.toys(box)).json().path("id").asLong();
      two.post("jobs/" + job + "/start");
      await().atMost(SOON).until(() -> receiver.accepted().equals(List.of("TROUBLE")));
      await().atMost(SOON).until(() -> watches(one) != watches(two));

      var first = watches(one) ? one : two;
      var other = first == one ? two : one;
      first.close();
      await().atMost(SOON).until(() -> watches(other));
      box.breakAt("nothing", 500);
      other.post("jobs/" + job + "/start");

      await().atMost(SOON).until(() -> receiver.accepted().size() > 1);
      assertThat(receiver.accepted()).containsExactly("TROUBLE", "RECOVERY");
      assertThat(receiver.received()).hasSize(2);
    }
  }

  private static boolean watches(Node node) {
    int port =
        node.bean(Environment.class).getRequiredProperty("local.management.port", Integer.class);
    return MonitoredTest.scrape(port).contains("\npulse_job_failures{");
  }

  private static String alert(Receiver receiver) {
    return """
    {"name":"All","channel":"WEBHOOK","url":"%s","secret":"a-secret-of-a-test-1","conditions":["JOB_FAILED"]}
    """
        .formatted(receiver.url());
  }
}
