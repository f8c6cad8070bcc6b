package dev.pulse.backend.trail;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pulse.backend.gateway.Recorder;
import dev.pulse.backend.gateway.Recorder.Line;
import dev.pulse.backend.gateway.Recorder.Script;
import dev.pulse.backend.gateway.Recorder.Seen;
import dev.pulse.model.AuditEvent;
import dev.pulse.model.AuditPosition;
import java.io.IOException;
import java.net.URLDecoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The audit of etl-service, as its description says that it is asked for. */
final class AuditStandIn implements Script {

  private static final Comparator<AuditEvent> LATEST_FIRST =
      Comparator.comparing(AuditEvent::at).thenComparingLong(AuditEvent::id).reversed();

  private final List<AuditEvent> events = new ArrayList<>();

  /** Something that an operator did to a job. */
  AuditStandIn with(Instant at, String action, String reason) {
    long id = events.size() + 1L;
    events.add(
        new AuditEvent(id, at, "user:7", action, "job", "3", reason, null, Map.of("n", id), null));
    return this;
  }

  @Override
  public void answer(Seen request, Line out) throws IOException {
    var wanted = parameters(request);
    var after = AuditPosition.parse(wanted.getOrDefault("cursor", "")).orElseThrow();
    int limit = Integer.parseInt(wanted.getOrDefault("limit", ""));
    var found =
        events.stream()
            .filter(event -> follows(event, after))
            .filter(event -> event.action().startsWith(wanted.getOrDefault("action", "")))
            .filter(event -> event.actor().startsWith(wanted.getOrDefault("actor", "")))
            .filter(event -> target(event).startsWith(wanted.getOrDefault("target", "")))
            .sorted(LATEST_FIRST)
            .limit(limit)
            .toList();
    var body = new HashMap<String, Object>();
    body.put("items", found);
    var json = JsonMapper.shared().writeValueAsString(body);
    Recorder.says(200, "application/json", json).answer(request, out);
  }

  private static boolean follows(AuditEvent event, AuditPosition after) {
    int order = event.at().compareTo(after.at());
    return order < 0 || (order == 0 && event.id() < after.id());
  }

  private static String target(AuditEvent event) {
    return event.targetKind() + ":" + event.targetId();
  }

  private static Map<String, String> parameters(Seen request) {
    var parameters = new HashMap<String, String>();
    for (var pair : request.target().split("\\?", 2)[1].split("&")) {
      var parts = pair.split("=", 2);
      parameters.put(parts[0], URLDecoder.decode(parts[1], UTF_8));
    }
    return parameters;
  }
}
