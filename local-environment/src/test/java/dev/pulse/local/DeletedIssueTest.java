package dev.pulse.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.local.world.World;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class DeletedIssueTest {

  private final World world = new World(1, 100, Clock.systemUTC());

  @Test
  void aDeletedIssueStaysOutOfTheListWhenSomebodyEditsIt() {
    world.deleteIssue(3);
    world.editIssue(3);

    assertThat(world.byUpdate().issues()).doesNotContainValue(3).hasSize(world.issueCount() - 1);
  }

  @Test
  void issuesAreDeletedOverHttp() throws Exception {
    try (var simulator = Simulator.start(world, 0);
        var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(simulator.url("_world/change"))
              .POST(BodyPublishers.ofString("{\"deleted\":2}"))
              .build();

      var answer = client.send(request, BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("\"issues\":" + (world.issueCount() - 2));
    }
  }
}
