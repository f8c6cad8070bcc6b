package dev.pulse.etl.connectors.toy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/** The other side of the wire: two boards of cards behind a key. */
public final class ToyBox implements AutoCloseable {

  public static final String KEY = "toy-key-4711";
  static final List<String> BOARDS = List.of("red", "blue");

  private final HttpServer server;
  private final Map<String, ConcurrentNavigableMap<String, Map<String, String>>> cards =
      Map.of("red", new ConcurrentSkipListMap<>(), "blue", new ConcurrentSkipListMap<>());
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile String broken = "nothing";
  private volatile int status = 500;
  private volatile String held = "nothing";
  private volatile CountDownLatch open = new CountDownLatch(0);
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger allowed = new AtomicInteger(Integer.MAX_VALUE);
  private volatile int allowance = Integer.MAX_VALUE;
  private volatile int retryAfter;

  public ToyBox() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What is sent to make a connection to it. */
  public String connection(String name) {
    return connection(name, KEY);
  }

  /** The same with some key, right or wrong. */
  String connection(String name, String key) {
    return JsonMapper.shared()
        .writeValueAsString(
            Map.of(
                "connector",
                "toy",
                "name",
                name,
                "settings",
                Map.of("baseUrl", url()),
                "secrets",
                Map.of("token", key)));
  }

  public void put(String board, int number, String title, String updated) {
    var id = "%s-%03d".formatted(board, number);
    var card = new TreeMap<>(Map.of("id", id, "title", title, "updated", updated));
    card.put("see", "https://example.org/" + id);
    cards(board).put(id, card);
  }

  /** From now on requests that say this are answered with 500. */
  public void breakAt(String text) {
    breakAt(text, 500);
  }

  /** From now on requests that say this are answered so. */
  public void breakAt(String text, int with) {
    status = with;
    broken = text;
  }

  /** From now on questions about cards are left unanswered until {@link #release()}. */
  public void hold() {
    hold("cards");
  }

  /** The same for questions that say this. */
  public void hold(String text) {
    open = new CountDownLatch(1);
    held = text;
  }

  public void release() {
    open.countDown();
  }

  /** How many questions wait for an answer. */
  public int waiting() {
    return waiting.get();
  }

  /** After so many answers, again and again, a question is answered: come back later. */
  public void allow(int questions, int retryAfterSeconds) {
    allowance = questions;
    retryAfter = retryAfterSeconds;
    allowed.set(questions);
  }

  /** What was asked since it was last looked at. */
  public List<String> asked() {
    var all = List.copyOf(asked);
    asked.clear();
    return all;
  }

  @Override
  public void close() {
    release();
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var request = exchange.getRequestURI().toString();
      asked.add(request);
      if (request.contains(held)) letWait();
      boolean known =
          ("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"));
      boolean late = known && allowed.getAndUpdate(n -> n <= 0 ? allowance : n - 1) <= 0;
      int status = !known ? 401 : late ? 429 : request.contains(broken) ? this.status : 200;
      if (late) exchange.getResponseHeaders().set("Retry-After", "" + retryAfter);
      var body = JsonMapper.shared().writeValueAsString(status == 200 ? answer(request) : Map.of());
      var bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private void letWait() {
    waiting.incrementAndGet();
    try {
      open.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      waiting.decrementAndGet();
    }
  }

  private List<Map<String, String>> answer(String request) {
    if (request.equals("/boards")) {
      return BOARDS.stream().map(name -> Map.of("id", name, "name", name)).toList();
    }
    var parts = request.split("[/?&=]");
    var since = parts.length > 9 ? parts[9] : "";
    return cards(parts[2]).tailMap(parts.length > 7 ? parts[7] : "", false).values().stream()
        .filter(card -> card.getOrDefault("updated", "").compareTo(since) >= 0)
        .limit(Integer.parseInt(parts[5]))
        .toList();
  }

  private ConcurrentNavigableMap<String, Map<String, String>> cards(String board) {
    var all = cards.get(board);
    if (all == null) throw new IllegalArgumentException(board);
    return all;
  }
}
