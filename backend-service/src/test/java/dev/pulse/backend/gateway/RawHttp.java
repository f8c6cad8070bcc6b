package dev.pulse.backend.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Requests over a bare socket, byte for byte as they are given. */
final class RawHttp implements AutoCloseable {

  private static final String END = "\r\n";

  private final Socket socket;
  private final InputStream in;

  private RawHttp(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /** The whole answer to a request without a body. */
  static String send(int port, String line, String... headers) throws IOException {
    return sendAll(port, line, "", headers);
  }

  /** The whole answer to a request, whose body is the first of the rest if it has no colon. */
  static String sendAll(int port, String line, String body, String... headers) throws IOException {
    var all = new ArrayList<>(List.of(headers));
    all.add("Connection: close");
    try (var connection = open(port, line, body, all)) {
      return new String(connection.in.readAllBytes(), ISO_8859_1);
    }
  }

  /** A request whose answer is read by the caller. */
  static RawHttp open(int port, String line, String... headers) throws IOException {
    return open(port, line, "", List.of(headers));
  }

  private static RawHttp open(int port, String line, String body, List<String> headers)
      throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(30_000);
    var text = new StringBuilder(line).append(" HTTP/1.1").append(END).append("Host: localhost");
    for (var header : headers) text.append(END).append(header);
    text.append(END).append(END).append(body);
    socket.getOutputStream().write(text.toString().getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
    return new RawHttp(socket);
  }

  /** Bytes as they are, and what comes back. */
  static String sendBytes(int port, String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  static String chunked(String part, int times) {
    var chunk = Integer.toHexString(part.length()) + END + part + END;
    return chunk.repeat(times) + "0" + END + END;
  }

  /** Status line and headers. */
  String head() throws IOException {
    var head = new StringBuilder();
    while (!head.toString().endsWith(END + END)) {
      int next = in.read();
      if (next < 0) break;
      head.append((char) next);
    }
    return head.toString();
  }

  /** Reads on until that has come; whatever came before it is forgotten. */
  void until(String wanted) throws IOException {
    var bytes = wanted.getBytes(StandardCharsets.UTF_8);
    var read = new StringBuilder();
    var needle = new String(bytes, ISO_8859_1);
    while (read.indexOf(needle) < 0) {
      int next = in.read();
      if (next < 0) throw new IOException("it ended, after " + read);
      read.append((char) next);
    }
  }

  /** Reads until the other side has nothing more to say. */
  void untilItEnds() throws IOException {
    var read = new StringBuilder();
    while (!read.toString().endsWith(END + "0" + END + END)) {
      int next = in.read();
      if (next < 0) return;
      read.append((char) next);
    }
  }

  InputStream body() {
    return in;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
