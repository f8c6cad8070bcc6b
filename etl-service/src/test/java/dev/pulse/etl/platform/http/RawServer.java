package dev.pulse.etl.platform.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that answers with any bytes, however slowly, which no proper server would send. */
public final class RawServer implements AutoCloseable {

  public final AtomicInteger connections = new AtomicInteger();
  public final AtomicInteger requests = new AtomicInteger();

  /** Counted down when a request has arrived. */
  public final CountDownLatch asked = new CountDownLatch(1);

  private final ServerSocket server;
  private final Script script;
  private final CopyOnWriteArrayList<Socket> sockets = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** Answers a request. */
  public interface Script {
    void answer(String requestLine, OutputStream out) throws IOException, InterruptedException;
  }

  public RawServer(Script script) throws IOException {
    this.script = script;
    this.server = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    var _ = threads.submit(this::accept);
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + path);
  }

  /** An answer with a length, after which the connection stays open. */
  public static byte[] ok(String headers, byte[] body) {
    var head =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%s\r\n"
            .formatted(body.length, headers)
            .getBytes(StandardCharsets.UTF_8);
    var all = java.util.Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, all, head.length, body.length);
    return all;
  }

  private Void accept() throws IOException {
    while (!server.isClosed()) {
      Socket socket;
      try {
        socket = server.accept();
      } catch (SocketException e) {
        return null; // closed: the test has ended
      }
      sockets.add(socket);
      connections.incrementAndGet();
      var _ = threads.submit(() -> serve(socket));
    }
    return null;
  }

  private Void serve(Socket socket) throws IOException, InterruptedException {
    try (socket) {
      var in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        var first = line;
        while (!line.isEmpty()) line = in.readLine();
        requests.incrementAndGet();
        asked.countDown();
        script.answer(first, socket.getOutputStream());
        socket.getOutputStream().flush();
      }
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (var socket : sockets) socket.close();
    threads.shutdownNow();
    threads.close();
  }
}
