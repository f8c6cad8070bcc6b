package dev.pulse.etl.platform.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An HTTP proxy that opens tunnels, whatever host is asked for, to one port of this machine; and
 * remembers what it was told.
 */
final class ConnectProxy implements AutoCloseable {

  /** The heads of the requests for a tunnel. */
  final List<String> heads = new CopyOnWriteArrayList<>();

  private final ServerSocket server;
  private final int target;
  private final String authorization;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** Asks for {@code authorization}; empty = for none. */
  ConnectProxy(int target, String authorization) throws IOException {
    this.target = target;
    this.authorization = authorization;
    this.server = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    var _ =
        threads.submit(
            () -> {
              while (true) {
                var client = keep(server.accept());
                var _ = threads.submit(() -> serve(client));
              }
            });
  }

  URI uri(String user) {
    return URI.create("http://%s127.0.0.1:%d".formatted(user, server.getLocalPort()));
  }

  private Socket keep(Socket socket) {
    sockets.add(socket);
    return socket;
  }

  private Void serve(Socket client) throws IOException {
    var out = client.getOutputStream();
    while (true) {
      var head = head(client.getInputStream());
      if (head.isEmpty()) return null;
      heads.add(head);
      if (head.contains(authorization)) break;
      out.write(
          "HTTP/1.1 407 Who?\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
    }
    var source = keep(new Socket(InetAddress.ofLiteral("127.0.0.1"), target));
    out.write("HTTP/1.1 200 Go on\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    var _ = threads.submit(() -> source.getInputStream().transferTo(out));
    client.getInputStream().transferTo(source.getOutputStream());
    return null;
  }

  private static String head(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) return "";
      head.append((char) next);
    }
    return head.toString();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (var socket : sockets) socket.close();
    threads.shutdownNow();
    threads.close();
  }
}
