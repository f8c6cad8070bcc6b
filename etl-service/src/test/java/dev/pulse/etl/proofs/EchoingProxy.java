package dev.pulse.etl.proofs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP proxy that opens no tunnel, and says who wanted one. */
final class EchoingProxy implements AutoCloseable {

  private static final String CREDENTIALS = "Proxy-Authorization: Basic ";

  private final ServerSocket server;
  private final String status;
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** Answers with a status once it knows who asks. */
  EchoingProxy(String status) throws IOException {
    this.status = status;
    this.server = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    threads.execute(this::accept);
  }

  String url(String user) {
    return "http://%s@127.0.0.1:%d".formatted(user, server.getLocalPort());
  }

  /** Users with their passwords. */
  List<String> heard() {
    return heard;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var client = server.accept();
        threads.execute(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      while (true) {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
          int next = client.getInputStream().read();
          if (next < 0) return;
          head.append((char) next);
        }
        var known =
            head.toString().lines().filter(line -> line.startsWith(CREDENTIALS)).findFirst();
        var pair = known.map(line -> line.substring(CREDENTIALS.length())).orElse("");
        var plain = new String(Base64.getDecoder().decode(pair), ISO_8859_1);
        if (!plain.isEmpty()) heard.add(plain);
        var answer = known.isPresent() ? status : "407 Who?";
        client
            .getOutputStream()
            .write(
                ("HTTP/1.1 %s %s\r\nProxy-Authenticate: Basic realm=\"%s\"\r\nX-Who: %s\r\n"
                        + "Content-Length: %d\r\n\r\n%s")
                    .formatted(answer, plain, pair, plain, plain.length(), plain)
                    .getBytes(ISO_8859_1));
      }
    } catch (IOException gone) {
      // so has what it wanted
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
