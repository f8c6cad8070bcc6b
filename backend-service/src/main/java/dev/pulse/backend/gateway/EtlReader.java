package dev.pulse.backend.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pulse.backend.access.Caller;
import dev.pulse.backend.gateway.EtlClient.Asked;
import dev.pulse.backend.platform.Problem;
import dev.pulse.model.EtlRoutes;
import dev.pulse.model.ProblemKind;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads from etl-service what this service answers together with what it knows itself. */
@Component
public class EtlReader {

  private static final int LARGEST = 16 * 1024 * 1024;

  private final EtlExchange exchange;

  EtlReader(EtlExchange exchange) {
    this.exchange = exchange;
  }

  /**
   * What etl-service answers to a caller.
   *
   * @param path as the table of routes lists it
   * @param parameters of the query, not encoded
   * @param deadline for the whole answer
   * @throws Problem what etl-service refuses it with, or that it does not answer
   */
  public JsonNode read(
      String path, Map<String, String> parameters, Caller caller, Duration deadline) {
    var target = new Target(EtlRoutes.PREFIX + path, query(parameters));
    var headers = Map.of(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE);
    var asked = new Asked("GET", target, headers, RequestBody.NONE, caller);
    try (var begun = exchange.send(asked, deadline)) {
      return body(begun.answer());
    }
  }

  private static JsonNode body(EtlAnswer answer) {
    if (answer.isA(MediaType.APPLICATION_PROBLEM_JSON)) throw problem(Relay.problem(answer));
    if (answer.status() == 401) throw Relay.refused(answer);
    if (answer.status() != 200) throw Relay.strange(answer);
    try {
      var bytes = answer.body().readNBytes(LARGEST);
      return JsonMapper.shared().readTree(bytes);
    } catch (IOException e) {
      throw Upstream.late(); // it had begun to answer, and did not come to an end
    } catch (JacksonException e) {
      throw Relay.strange(answer);
    }
  }

  /** The same problem, as one of this service. */
  private static Problem problem(JsonNode told) {
    try {
      var kind =
          new ProblemKind(
              told.path("status").asInt(),
              told.path("code").asString(""),
              told.path("title").asString(""),
              told.path("remedy").asString(""));
      return new Problem(kind, told.path("detail").asString(""));
    } catch (IllegalArgumentException e) {
      return Upstream.unintelligible();
    }
  }

  private static @Nullable String query(Map<String, String> parameters) {
    if (parameters.isEmpty()) return null;
    return new TreeMap<>(parameters)
        .entrySet().stream()
            .map(each -> each.getKey() + "=" + UriUtils.encode(each.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
  }
}
