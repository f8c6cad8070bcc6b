package dev.pulse.etl.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.runs.Node;
import dev.pulse.etl.runs.Valve;
import dev.pulse.local.postgres.LocalPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.quartz.Scheduler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Ready means able to work; alive means no more than that. */
class HealthTest {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @Test
  void it_is_ready_only_with_database_schema_and_scheduler_and_lives_without_them()
      throws Exception {
    var database = LocalPostgres.shared().freshDatabase();
    int port = URI.create(database.substring("jdbc:".length())).getPort();
    try (var valve = new Valve(port);
        var node = Node.start(database.replace(":" + port, ":" + valve.port()), "health")) {
      assertThat(ask(node, "ready").statusCode()).isEqualTo(200);

      node.bean(Scheduler.class).standby();
      assertThat(ask(node, "ready").statusCode()).isEqualTo(503);
      assertThat(ask(node, "ready").body()).contains("the scheduler has not started");
      node.bean(Scheduler.class).start();

      var jdbc = node.bean(JdbcClient.class);
      jdbc.sql("alter table flyway_schema_history rename to elsewhere").update();
      assertThat(ask(node, "ready").statusCode()).isEqualTo(503);
      jdbc.sql("alter table elsewhere rename to flyway_schema_history").update();
      assertThat(ask(node, "ready").statusCode()).isEqualTo(200);

      valve.shut();
      assertThat(ask(node, "ready").statusCode()).isEqualTo(503);
      assertThat(ask(node, "ready").body()).contains("the database does not answer");
      assertThat(ask(node, "live").statusCode()).isEqualTo(200);
      assertThat(ask(node, "live").body()).contains("\"status\":\"UP\"");
      valve.open();
      await().atMost(Duration.ofSeconds(30)).until(() -> ask(node, "ready").statusCode() == 200);
    }
  }

  private static HttpResponse<String> ask(Node node, String what) throws Exception {
    var url = URI.create(node.url()).resolve("/health/" + what);
    return HTTP.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
  }
}
