package dev.pulse.etl.connectors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Answers exactly what a test tells it to; the last answer to each question is repeated. */
public abstract class ScriptedServer implements AutoCloseable {

  private final HttpServer server;
  private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  private record Answer(int status, String body, Map<String, String> headers) {}

  /**
   * What was asked.
   *
   * @param operation by which its answers are found
   * @param text the whole of it
   */
  public record Question(String operation, String text) {}

  protected ScriptedServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::serve);
    server.start();
  }

  /** Where it listens, without a slash at the end. */
  public final String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The questions in the order they came. */
  public final List<String> asked() {
    return List.copyOf(asked);
  }

  /** The next answer to a question. */
  public final ScriptedServer on(String operation, int status, String body, String... headers) {
    var all = new ConcurrentHashMap<String, String>();
    all.put("Content-Type", body.startsWith("<") ? "text/html" : "application/json");
    for (int i = 0; i < headers.length; i += 2) all.put(headers[i], headers[i + 1]);
    answers
        .computeIfAbsent(operation, path -> new ConcurrentLinkedDeque<>())
        .add(new Answer(status, body, all));
    return this;
  }

  @Override
  public final void close() {
    server.stop(0);
  }

  /** What a request asks. */
  protected abstract Question question(URI asked, String body);

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var question = question(exchange.getRequestURI(), sent);
      asked.add(question.text);
      var queue = answers.getOrDefault(question.operation, new ArrayDeque<>());
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
