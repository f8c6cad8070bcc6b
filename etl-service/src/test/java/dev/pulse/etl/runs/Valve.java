package dev.pulse.etl.runs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands before a server, and lets nothing through while it is shut. */
public final class Valve implements AutoCloseable {

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final int server;
  private volatile boolean shut;

  public Valve(int server) throws IOException {
    this.server = server;
    Thread.ofVirtual().start(this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Breaks all connections, and every new one. */
  public void shut() {
    shut = true;
    sockets.forEach(Valve::end);
  }

  public void open() {
    shut = false;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    shut();
  }

  private void accept() {
    try {
      while (true) {
        var client = listener.accept();
        if (shut) {
          client.close();
          continue;
        }
        var onward = new Socket(InetAddress.getLoopbackAddress(), server);
        for (var socket : new Socket[] {client, onward}) {
          socket.setTcpNoDelay(true);
          sockets.add(socket);
        }
        Thread.ofVirtual().start(() -> forward(client, onward));
        Thread.ofVirtual().start(() -> forward(onward, client));
        if (shut) sockets.forEach(Valve::end);
      }
    } catch (IOException e) {
      // closed: the test is over
    }
  }

  private void forward(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException e) {
      // shut, or one of the two has gone
    } finally {
      end(from);
      end(to);
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it is gone, as it should be
    }
  }
}
