package dev.pulse.model.signing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pulse.model.Permission;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Requests between two services, as they stand on the wire. */
final class Messages {

  static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");
  static final SigningKeys KEYS =
      SigningKeys.of(List.of(SigningKeys.fresh("gateway", "g1"), SigningKeys.fresh("other", "o1")));
  static final Identity ANNA =
      new Identity(
          "user:7/token:3",
          Set.of(Permission.JOBS_READ, Permission.JOBS_CONTROL),
          VisibleConnections.only(List.of(1L, 5L)),
          "request-1");

  private Messages() {}

  /** Everything of a request that the receiver sees; headers may be there more than once. */
  record Wire(
      String method,
      String path,
      @Nullable String query,
      Map<String, List<String>> headers,
      byte[] body) {

    Wire with(String name, String... values) {
      var changed = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
      changed.putAll(headers);
      changed.put(name, List.of(values));
      return new Wire(method, path, query, changed, body);
    }

    String header(String name) {
      return Objects.requireNonNull(headers.get(name)).getFirst();
    }

    IncomingRequest arrived() {
      return new IncomingRequest(
          method, path, query, name -> headers.getOrDefault(name, List.of()), body);
    }
  }

  static Wire signed(OutgoingRequest request, Identity identity, Instant when) {
    return signed(KEYS, request, identity, when);
  }

  static Wire signed(SigningKeys keys, OutgoingRequest request, Identity identity, Instant when) {
    var wire =
        new Wire(request.method(), request.path(), request.query(), Map.of(), request.body());
    if (request.contentType() != null) wire = wire.with("Content-Type", request.contentType());
    var headers = new RequestSigner(() -> keys, "gateway").sign(request, identity, when);
    for (var header : headers.entrySet()) wire = wire.with(header.getKey(), header.getValue());
    return wire;
  }

  /** A change with a body. */
  static Wire change() {
    return signed(
        new OutgoingRequest(
            "POST",
            "/api/v1/jobs/7/start",
            "mode=full&x=%20",
            "application/json",
            "{\"reason\":\"because\"}".getBytes(UTF_8)),
        ANNA,
        NOW);
  }

  static Verification verify(Wire wire, Instant now) {
    return new RequestVerifier(() -> KEYS).verify(wire.arrived(), now);
  }
}
