package dev.pulse.backend.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.pulse.model.signing.IncomingRequest;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands where etl-service would, over bare sockets: it writes down every byte of a request, says
 * what a test wants, and can be dead, frozen, or break off.
 */
public final class Recorder {

  public static final Script EMPTY_LIST =
      says(200, "application/json", "{\"items\":[],\"next\":null}");

  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final int port;
  private volatile ServerSocket server;
  private volatile Script script = EMPTY_LIST;

  /** A request, as it came. */
  public record Seen(String method, String target, List<String> lines, byte[] body) {

    public Optional<String> header(String name) {
      return all(name).stream().findFirst();
    }

    public List<String> all(String name) {
      var start = name.toLowerCase(Locale.ROOT) + ":";
      return lines.stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
          .map(line -> line.substring(start.length()).strip())
          .toList();
    }

    Set<String> names() {
      var names = new TreeSet<String>();
      for (var line : lines)
        names.add(line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT));
      return names;
    }

    public String path() {
      return target.split("\\?", 2)[0];
    }

    IncomingRequest asVerified() {
      var parts = target.split("\\?", 2);
      return new IncomingRequest(
          method, parts[0], parts.length == 2 ? parts[1] : null, this::all, body);
    }
  }

  /** What is said to a request; whoever returns keeps the connection. */
  public interface Script {
    void answer(Seen request, Line out) throws IOException;
  }

  /** Where the answer goes. */
  public static final class Line extends FilterOutputStream {

    private final Socket socket;

    Line(Socket socket) throws IOException {
      super(socket.getOutputStream());
      this.socket = socket;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    /**
     * Waits a little.
     *
     * @throws IOException as soon as the other side has gone
     */
    public void stay() throws IOException {
      socket.setSoTimeout(20);
      try {
        if (socket.getInputStream().read() < 0) throw new EOFException("it has gone");
        throw new IllegalStateException("a second request before the first is answered");
      } catch (SocketTimeoutException e) {
        socket.setSoTimeout(0);
      }
    }
  }

  Recorder() {
    this.server = listen(0);
    this.port = server.getLocalPort();
  }

  int port() {
    return port;
  }

  public List<Seen> seen() {
    return List.copyOf(seen);
  }

  public Seen last() {
    return seen.getLast();
  }

  int openSockets() {
    return open.size();
  }

  /** As if it had just been started. */
  public void reset() {
    live();
    seen.clear();
    script = EMPTY_LIST;
  }

  public void answer(Script wanted) {
    script = wanted;
  }

  /** Ends as by kill -9: nobody listens, and all connections are gone. */
  public void die() {
    close(server);
    await().until(this::isDead);
  }

  /** A socket that somebody waits at is closed a moment later. */
  private boolean isDead() {
    open.forEach(Recorder::close);
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return false;
    } catch (IOException e) {
      return open.isEmpty();
    }
  }

  public void live() {
    if (server.isClosed()) server = listen(port);
  }

  public static Script says(int status, String type, String body, String... headers) {
    return (request, out) -> {
      var bytes = body.getBytes(UTF_8);
      var head = new StringBuilder("HTTP/1.1 %d Whatever\r\n".formatted(status));
      head.append("Content-Type: %s\r\nContent-Length: %d\r\n".formatted(type, bytes.length));
      for (var header : headers) head.append(header).append("\r\n");
      out.write(head.append("\r\n").toString().getBytes(ISO_8859_1));
      if (!request.method().equals("HEAD")) out.write(bytes);
    };
  }

  private ServerSocket listen(int wanted) {
    try {
      var socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 1_000);
      Thread.ofVirtual().start(() -> accept(socket));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(ServerSocket socket) {
    try {
      while (true) {
        var client = socket.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException dead) {
      close(socket);
    }
  }

  private void serve(Socket client) {
    try (client) {
      var in = new BufferedInputStream(client.getInputStream());
      for (var request = read(in); request.isPresent(); request = read(in)) {
        seen.add(request.get());
        script.answer(request.get(), new Line(client));
        client.getOutputStream().flush();
      }
    } catch (IOException gone) {
      // the other side has what it wanted, or the test has ended it
    } finally {
      open.remove(client);
    }
  }

  private static Optional<Seen> read(InputStream in) throws IOException {
    var first = line(in);
    if (first.isEmpty()) return Optional.empty();
    var lines = new ArrayList<String>();
    for (var line = line(in); !line.isEmpty(); line = line(in)) lines.add(line);
    var words = first.split(" ", -1);
    var head = new Seen(words[0], words[1], List.copyOf(lines), new byte[0]);
    int length = head.header("Content-Length").map(Integer::parseInt).orElse(0);
    return Optional.of(new Seen(head.method(), head.target(), head.lines(), in.readNBytes(length)));
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (next != '\r') line.append((char) next);
    }
    return line.toString();
  }

  private static void close(AutoCloseable socket) {
    try {
      Objects.requireNonNull(socket).close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
