package dev.pulse.etl;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stands between the service and the simulated sources: it notes what is asked, and answers by a
 * rule of the test, which may ask the source and change what it says.
 */
public final class SourceProxy implements AutoCloseable {

  private static final Set<String> OWN =
      Set.of("connection", "content-length", "host", "transfer-encoding", "accept-encoding", "te");

  /** So that characters which no encoding has, such as half of a pair, arrive as they are. */
  private static final JsonMapper ASCII =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final HttpServer server;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI sources;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private volatile Rule rule = (request, source) -> source.answer(request);

  /**
   * What the service asked.
   *
   * @param client the service's end of the TCP connection: a process that died has others when it
   *     comes back
   * @param path with its query
   */
  public record Asked(
      int client, String method, String path, Map<String, String> headers, String body) {

    public Asked with(String header, String value) {
      var more = new HashMap<>(headers);
      more.put(header, value);
      return new Asked(client, method, path, Map.copyOf(more), body);
    }

    /** Whether it reads like this request, whoever asks. */
    public String text() {
      return method + " " + path + " " + body;
    }
  }

  /** An answer; headers by lower-case name. */
  public record Answered(int status, Map<String, String> headers, String body) {

    public JsonNode json() {
      return JsonMapper.shared().readTree(body);
    }

    public Answered with(JsonNode json) {
      return new Answered(status, headers, ASCII.writeValueAsString(json));
    }

    public boolean isJson() {
      return status == 200 && headers.getOrDefault("content-type", "").contains("json");
    }
  }

  /** Answers as the simulated source does. */
  public interface Source {
    Answered answer(Asked asked) throws IOException;
  }

  /** Null closes the connection without an answer. */
  public interface Rule {
    @Nullable Answered answer(Asked asked, Source source) throws IOException;
  }

  /** Stands in front of {@code sources}, with the same paths. */
  public SourceProxy(URI sources) {
    this.sources = sources;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 500);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
  }

  public URI url(String source) {
    return URI.create("http://127.0.0.1:%d/%s".formatted(server.getAddress().getPort(), source));
  }

  /** Answers by this rule from now on. */
  public void answer(Rule rule) {
    this.rule = rule;
  }

  /** What it answers by now. */
  public Rule rule() {
    return rule;
  }

  /** Passes everything through from now on. */
  public void passOn() {
    rule = (request, source) -> source.answer(request);
  }

  /** All requests since the beginning, or since they were forgotten. */
  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  public void forget() {
    asked.clear();
  }

  @Override
  public void close() {
    server.stop(0);
    http.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var headers = new HashMap<String, String>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
      var request =
          new Asked(
              exchange.getRemoteAddress().getPort(),
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              Map.copyOf(headers),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      asked.add(request);
      var answer = rule.answer(request, this::pass);
      if (answer == null) throw new IOException("not answered");
      var body = answer.body().getBytes(StandardCharsets.UTF_8);
      answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      if (body.length > 0) exchange.getResponseBody().write(body);
    }
  }

  private Answered pass(Asked request) throws IOException {
    var builder =
        HttpRequest.newBuilder(sources.resolve(request.path()))
            .timeout(Duration.ofSeconds(30))
            .method(
                request.method(),
                request.body().isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(request.body()));
    request.headers().entrySet().stream()
        .filter(header -> !OWN.contains(header.getKey()))
        .forEach(header -> builder.header(header.getKey(), header.getValue()));
    try {
      var answer = http.send(builder.build(), BodyHandlers.ofString());
      var headers = new HashMap<String, String>();
      answer.headers().map().entrySet().stream()
          .filter(header -> !OWN.contains(header.getKey()))
          .forEach(header -> headers.put(header.getKey(), header.getValue().getFirst()));
      return new Answered(answer.statusCode(), Map.copyOf(headers), answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
