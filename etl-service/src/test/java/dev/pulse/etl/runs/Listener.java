package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of a node's events. */
final class Listener implements AutoCloseable {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final InputStream body;
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private volatile String state = "going on";

  /** An event as it was received. */
  record Event(String name, JsonNode data) {

    long version() {
      return data.path("version").asLong();
    }
  }

  private Listener(InputStream body) {
    this.body = body;
  }

  /** Connects, and reads all that comes. */
  static Listener to(Node node, String query) {
    var answer = ask(node, query);
    if (answer.statusCode() != 200) throw new IllegalStateException("" + answer.statusCode());
    var listener = new Listener(answer.body());
    Thread.ofVirtual().start(listener::read);
    return listener;
  }

  /** Connects, and looks at the answer's status and head only. */
  static HttpResponse<InputStream> ask(Node node, String query) {
    var request =
        HttpRequest.newBuilder(URI.create(node.url() + "events" + query))
            .header("Accept", "text/event-stream")
            .build();
    try {
      return HTTP.send(request, BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Connects, and reads nothing; little fits into its buffer. */
  static Socket deaf(Node node) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), URI.create(node.url()).getPort()));
    var request = "GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /** What has come so far. */
  List<Event> events() {
    return List.copyOf(events);
  }

  List<Event> events(String name) {
    return events.stream().filter(each -> each.name.equals(name)).toList();
  }

  /** Whether the node has ended the stream. */
  boolean ended() {
    return !state.equals("going on");
  }

  /** The first that has come, or will have come soon. */
  Event await(String name, Predicate<JsonNode> which) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(10))
        .untilAsserted(
            () ->
                assertThat(find(name, which))
                    .as("%s among %s, %s", name, events.stream().map(Event::name).toList(), state)
                    .isPresent());
    return find(name, which).orElseThrow();
  }

  private Optional<Event> find(String name, Predicate<JsonNode> which) {
    return events(name).stream().filter(each -> which.test(each.data)).findFirst();
  }

  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      var name = "";
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("event: ")) name = line.substring(7);
        if (line.startsWith("data: ")) {
          events.add(new Event(name, JsonMapper.shared().readTree(line.substring(6))));
        }
      }
      state = "ended";
    } catch (IOException | RuntimeException e) {
      state = "broken: " + e; // closed by the test, or the node has gone
    }
  }
}
