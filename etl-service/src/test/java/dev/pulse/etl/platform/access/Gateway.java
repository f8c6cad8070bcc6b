package dev.pulse.etl.platform.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pulse.etl.runs.Node;
import dev.pulse.etl.runs.Node.Reply;
import dev.pulse.model.Permission;
import dev.pulse.model.signing.Identity;
import dev.pulse.model.signing.OutgoingRequest;
import dev.pulse.model.signing.RequestSigner;
import dev.pulse.model.signing.SigningKeys;
import dev.pulse.model.signing.VisibleConnections;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Signs requests in the name of the gateway, as somebody, and sends them. */
record Gateway(Supplier<SigningKeys> keys, Identity identity) {

  static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** A request on its way; what is changed of it was not signed. */
  record Sent(
      String method,
      String path,
      @Nullable String query,
      Map<String, List<String>> headers,
      byte[] body) {

    Sent with(String name, String... values) {
      var changed = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
      changed.putAll(headers);
      changed.put(name, List.of(values));
      return new Sent(method, path, query, changed, body);
    }

    String header(String name) {
      return Objects.requireNonNull(headers.get(name)).getFirst();
    }

    HttpRequest to(Node node) {
      var target =
          URI.create(node.url()).resolve(path).toString() + (query == null ? "" : "?" + query);
      var request =
          HttpRequest.newBuilder(URI.create(target))
              .timeout(Duration.ofSeconds(60))
              .method(
                  method,
                  body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
      headers.forEach((name, values) -> values.forEach(value -> request.header(name, value)));
      return request.build();
    }

    Reply sendTo(Node node) {
      try {
        var answer = HTTP.send(to(node), BodyHandlers.ofString());
        return new Reply(
            answer.statusCode(),
            JsonMapper.shared().readTree(answer.body().isEmpty() ? "null" : answer.body()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  Gateway may(Permission... permissions) {
    return may(Set.copyOf(Arrays.asList(permissions)));
  }

  Gateway may(Set<Permission> permissions) {
    return as(permissions, identity.connections());
  }

  Gateway mayAllBut(Permission permission) {
    var others = EnumSet.allOf(Permission.class);
    others.remove(permission);
    return may(others);
  }

  Gateway sees(Long... connections) {
    return as(identity.permissions(), VisibleConnections.only(List.of(connections)));
  }

  private Gateway as(Set<Permission> permissions, VisibleConnections connections) {
    return new Gateway(
        keys, new Identity(identity.subject(), permissions, connections, identity.requestId()));
  }

  Sent signed(String method, String path, String json) {
    return signed(method, path, json, Instant.now());
  }

  Sent signed(String method, String pathAndQuery, String json, Instant when) {
    var parts = ("/api/v1/" + pathAndQuery).split("\\?", 2);
    var type = json.isEmpty() ? null : "application/json";
    var query = parts.length == 1 ? null : parts[1];
    var body = json.getBytes(UTF_8);
    var request = new OutgoingRequest(method, parts[0], query, type, body);
    var sent = new Sent(method, parts[0], query, Map.of(), body);
    if (type != null) sent = sent.with("Content-Type", type);
    for (var header : new RequestSigner(keys, "gateway").sign(request, identity, when).entrySet()) {
      sent = sent.with(header.getKey(), header.getValue());
    }
    return sent;
  }

  Reply ask(Node node, String method, String path, String json) {
    return signed(method, path, json).sendTo(node);
  }

  Reply get(Node node, String path) {
    return ask(node, "GET", path, "");
  }
}
