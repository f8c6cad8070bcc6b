package dev.pulse.etl.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between the engine and PostgreSQL and cuts the connection at a COMMIT: before the server
 * has it, or after the server has done it and before the client hears so.
 */
final class CuttingProxy implements AutoCloseable {

  private static final byte[] COMMIT = "COMMIT\0".getBytes(StandardCharsets.US_ASCII);

  /** Whether and where to cut. */
  enum Cut {
    NOT,
    BEFORE,
    AFTER
  }

  /** Asked at each COMMIT. */
  interface Decision {
    Cut at(int commit);
  }

  private final ServerSocket listener;
  private final int serverPort;
  private final Decision decision;
  private final AtomicInteger commits = new AtomicInteger();
  private final AtomicInteger cuts = new AtomicInteger();

  CuttingProxy(int serverPort, Decision decision) throws IOException {
    this.serverPort = serverPort;
    this.decision = decision;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  int cuts() {
    return cuts.get();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void accept() {
    try {
      while (true) {
        var client = listener.accept();
        var server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        var link = new Link(client, server);
        Thread.ofVirtual().start(link::forward);
        Thread.ofVirtual().start(link::back);
      }
    } catch (IOException e) {
      // closed: the test is over
    }
  }

  private final class Link {

    private final Socket client;
    private final Socket server;
    private volatile boolean swallow;

    Link(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void forward() {
      try (var in = client.getInputStream();
          var out = server.getOutputStream()) {
        var buffer = new byte[64 * 1024];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          var cut = holdsCommit(buffer, read) ? decision.at(commits.incrementAndGet()) : Cut.NOT;
          if (cut != Cut.NOT) cuts.incrementAndGet();
          if (cut == Cut.BEFORE) {
            end();
            return;
          }
          swallow = cut == Cut.AFTER;
          out.write(buffer, 0, read);
        }
      } catch (IOException e) {
        end();
      }
    }

    void back() {
      try (InputStream in = server.getInputStream();
          OutputStream out = client.getOutputStream()) {
        var buffer = new byte[64 * 1024];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          if (swallow) {
            end();
            return;
          }
          out.write(buffer, 0, read);
        }
        end();
      } catch (IOException e) {
        end();
      }
    }

    private void end() {
      try {
        client.close();
        server.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static boolean holdsCommit(byte[] buffer, int length) {
    for (int at = 0; at + COMMIT.length <= length; at++) {
      int matched = 0;
      while (matched < COMMIT.length && buffer[at + matched] == COMMIT[matched]) matched++;
      if (matched == COMMIT.length) return true;
    }
    return false;
  }
}
