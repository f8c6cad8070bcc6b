package dev.pulse.etl.alerts;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Receives webhooks and keeps them. */
public final class Receiver implements AutoCloseable {

  private final HttpServer server;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private volatile int answer = 204;

  public Receiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::receive);
    server.start();
  }

  /** A request as it came; {@code answered} with which status. */
  public record Received(
      String path, String signature, String delivery, String body, int answered) {

    public JsonNode json() {
      return JsonMapper.shared().readTree(body);
    }

    public String kind() {
      return json().path("kind").asString();
    }
  }

  public String url() {
    return "http://127.0.0.1:%d/hooks/pulse?from=test".formatted(server.getAddress().getPort());
  }

  /** Refuses the next so many with 503. */
  void refuse(int next) {
    refusals.set(next);
  }

  void answer(int status) {
    answer = status;
  }

  public List<Received> received() {
    return received;
  }

  /** Kinds of those that were accepted, in order. */
  public List<String> accepted() {
    return received.stream().filter(each -> each.answered() < 300).map(Received::kind).toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var headers = exchange.getRequestHeaders();
      int status = refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0 ? 503 : answer;
      received.add(
          new Received(
              exchange.getRequestURI().toString(),
              String.valueOf(headers.getFirst(WebhookChannel.SIGNATURE)),
              String.valueOf(headers.getFirst(WebhookChannel.DELIVERY)),
              body,
              status));
      if (status == 302) exchange.getResponseHeaders().set("Location", "/elsewhere");
      exchange.sendResponseHeaders(status, -1);
    }
  }
}
