package dev.pulse.etl.runs;

import static org.awaitility.Awaitility.await;

import dev.pulse.etl.platform.live.Broadcast;
import dev.pulse.etl.platform.live.LiveEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import tools.jackson.databind.JsonNode;

/** Listeners of two nodes, who all have gone when a test has ended. */
abstract class LiveTest extends TwoNodesTest {

  private final List<Listener> listeners = new ArrayList<>();

  protected final Listener listen(Node node, String query) {
    var listener = Listener.to(node, query);
    listeners.add(listener);
    return listener;
  }

  @AfterEach
  void listen_no_more() {
    listeners.forEach(Listener::close);
    // a connection that was closed shows when something is written to it
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              for (var node : List.of(a, b)) {
                node.bean(Broadcast.class).publish(LiveEvent.of("test", Set.of(), "{}"));
              }
              return a.bean(Broadcast.class).size() + b.bean(Broadcast.class).size() == 0;
            });
  }

  protected static String state(JsonNode change, long job) {
    boolean same = change.path("jobId").asLong() == job;
    return same ? change.path("job").path("state").asString("") : "";
  }

  protected static List<Long> ids(JsonNode list, String field) {
    return list.valueStream().map(each -> each.path(field).asLong()).toList();
  }
}
