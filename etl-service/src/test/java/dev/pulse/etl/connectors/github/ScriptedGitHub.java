package dev.pulse.etl.connectors.github;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers exactly what a test tells it to, by the operation of a query or the path of a request;
 * the last answer of each is repeated.
 */
final class ScriptedGitHub implements AutoCloseable {

  private final HttpServer server;
  private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  private record Answer(int status, String body, Map<String, String> headers) {}

  ScriptedGitHub() {
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

  /** Operations with variables, and paths with queries, in the order they came. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  ScriptedGitHub on(String operation, int status, String body, String... headers) {
    var all = new ConcurrentHashMap<String, String>();
    all.put("Content-Type", body.startsWith("<") ? "text/html" : "application/json");
    for (int i = 0; i < headers.length; i += 2) all.put(headers[i], headers[i + 1]);
    answers
        .computeIfAbsent(operation, path -> new ConcurrentLinkedDeque<>())
        .add(new Answer(status, body, all));
    return this;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var operation = exchange.getRequestURI().getPath().substring(1);
      if (operation.equals("graphql")) {
        var json = JsonMapper.shared().readTree(sent);
        operation = json.path("operationName").asString();
        asked.add(operation + " " + json.path("variables"));
      } else {
        asked.add(operation + " " + exchange.getRequestURI().getQuery());
      }
      var queue = answers.getOrDefault(operation, new ArrayDeque<>());
      var answer = queue.size() > 1 ? queue.poll() : queue.peek();
      if (answer == null) {
        answer = new Answer(404, "{}", Map.of("Content-Type", "application/json"));
      }
      answer.headers.forEach(exchange.getResponseHeaders()::set);
      var body = answer.body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status, body.length == 0 ? -1 : body.length);
      if (body.length > 0) exchange.getResponseBody().write(body);
    }
  }
}
