package dev.pulse.etl.connectors.aha;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** Answers exactly what a test tells it to; the last answer of a path is repeated. */
final class ScriptedAccount implements AutoCloseable {

  private final HttpServer server;
  private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  private record Answer(int status, UnaryOperator<String> body, Map<String, String> headers) {}

  ScriptedAccount() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::serve);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Paths below the API's root with their queries, in the order they came. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  ScriptedAccount on(String path, int status, String body, String... headers) {
    var all = new HashMap<String, String>();
    all.put("Content-Type", body.startsWith("<") ? "text/html" : "application/json");
    for (int i = 0; i < headers.length; i += 2) all.put(headers[i], headers[i + 1]);
    answers
        .computeIfAbsent(path, each -> new ConcurrentLinkedDeque<>())
        .add(new Answer(status, _ -> body, Map.copyOf(all)));
    return this;
  }

  /** Answers 200 with what a rule makes of the query. */
  ScriptedAccount on(String path, UnaryOperator<String> rule) {
    var json = Map.of("Content-Type", "application/json");
    answers.put(path, new ConcurrentLinkedDeque<>(List.of(new Answer(200, rule, json))));
    return this;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.add(exchange.getRequestURI().toString().replace("/api/v1/", ""));
      var path = exchange.getRequestURI().getPath().replace("/api/v1/", "");
      var queue = answers.getOrDefault(path, new ArrayDeque<>());
      var answer = queue.size() > 1 ? queue.poll() : queue.peek();
      if (answer == null)
        answer = new Answer(404, _ -> "{}", Map.of("Content-Type", "application/json"));
      answer.headers.forEach(exchange.getResponseHeaders()::set);
      var query = String.valueOf(exchange.getRequestURI().getRawQuery());
      var body = answer.body.apply(query).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status, body.length == 0 ? -1 : body.length);
      if (body.length > 0) exchange.getResponseBody().write(body);
    }
  }
}
