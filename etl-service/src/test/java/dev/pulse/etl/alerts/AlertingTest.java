package dev.pulse.etl.alerts;

import dev.pulse.etl.connectors.toy.ToyBox;
import dev.pulse.etl.monitoring.MonitoredTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service with somebody to tell. */
abstract class AlertingTest extends MonitoredTest {

  static final String SECRET = "canary-of-a-webhook-4711";
  private static final AtomicInteger NAMES = new AtomicInteger();

  @Autowired JdbcClient jdbc;
  final Receiver receiver = new Receiver();
  final ToyBox box = new ToyBox();

  @AfterEach
  void nobody_is_told_any_more() {
    for (var each : api("GET", "alerts?limit=200", "").json().path("items")) {
      api("DELETE", "alerts/" + each.path("id").asLong(), "");
    }
    for (var each : api("GET", "connections?limit=200", "").json().path("items")) {
      api("DELETE", "connections/" + each.path("id").asLong(), "");
    }
    jdbc.sql("delete from quarantine").update();
    jdbc.sql("delete from rate_budget").update();
    receiver.close();
    box.close();
  }

  static Map<String, Object> webhook(String url, String... conditions) {
    var body = new HashMap<String, Object>();
    body.put("name", "Alert " + NAMES.incrementAndGet());
    body.put("channel", "WEBHOOK");
    body.put("url", url);
    body.put("secret", SECRET);
    body.put("conditions", List.of(conditions));
    return body;
  }

  static Map<String, Object> mail(String to, String... conditions) {
    var body = webhook("", conditions);
    body.put("channel", "MAIL");
    body.put("to", List.of(to));
    body.remove("url");
    body.remove("secret");
    return body;
  }

  Reply create(Map<String, Object> body) {
    return api("POST", "alerts", json(body));
  }

  long created(Map<String, Object> body) {
    var reply = create(body);
    if (reply.status() != 201) throw new AssertionError(reply.json());
    return reply.json().path("id").asLong();
  }

  JsonNode incidents(long alert) {
    return api("GET", "alerts/" + alert, "").json().path("incidents");
  }

  static String json(Map<String, Object> body) {
    return JsonMapper.shared().writeValueAsString(body);
  }
}
