package dev.pulse.local.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Finds out whether a port of this machine is free, and who is likely to hold it if not. */
final class Listener {

  private static final String TCP_LISTEN_STATE = "0A";

  private Listener() {}

  /**
   * @throws LauncherProblem naming the port, its likely holder and the remedy
   */
  static void requireFree(String service, int port) {
    if (isFree(port)) return;
    var holder = holder(port).map(" It is held by %s."::formatted).orElse("");
    throw new LauncherProblem(
        "Port %d, which %s needs, is taken.%s%s".formatted(port, service, holder, hint(port)),
        "End that program, or move this checkout: %s=100 scripts/pulse ..."
            .formatted(Ports.OFFSET_VARIABLE));
  }

  static boolean isFree(int port) {
    return canBind("127.0.0.1", port) && canBind("0.0.0.0", port);
  }

  private static boolean canBind(String address, int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  private static String hint(int port) {
    return port == 5_000 && System.getProperty("os.name").startsWith("Mac")
        ? " macOS keeps port 5000 for AirPlay (System Settings > General > AirDrop & Handoff)."
        : "";
  }

  private static Optional<String> holder(int port) {
    var pid = Files.isDirectory(Path.of("/proc/net")) ? fromProc(port) : fromLsof(port);
    return pid.map(
        id ->
            ProcessHandle.of(id)
                .flatMap(process -> process.info().command())
                .map(command -> "%s (process %d)".formatted(Path.of(command).getFileName(), id))
                .orElse("process %d".formatted(id)));
  }

  private static Optional<Long> fromLsof(int port) {
    try {
      var lsof =
          new ProcessBuilder("lsof", "-nP", "-t", "-iTCP:" + port, "-sTCP:LISTEN")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (var lines = lsof.inputReader()) {
        return lines.lines().findFirst().map(Long::valueOf);
      } finally {
        if (!lsof.waitFor(5, TimeUnit.SECONDS)) lsof.destroyForcibly();
      }
    } catch (IOException unknown) {
      return Optional.empty(); // no lsof: the port is told without its holder
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Linux: the socket's inode from the table of sockets, then the process that has it open. */
  private static Optional<Long> fromProc(int port) {
    return inode("/proc/net/tcp", port)
        .or(() -> inode("/proc/net/tcp6", port))
        .flatMap(
            inode ->
                ProcessHandle.allProcesses()
                    .map(ProcessHandle::pid)
                    .filter(pid -> hasOpen(pid, "socket:[" + inode + "]"))
                    .findFirst());
  }

  private static Optional<String> inode(String table, int port) {
    List<String> lines;
    try {
      lines = Files.readAllLines(Path.of(table));
    } catch (IOException unknown) {
      return Optional.empty();
    }
    var localPort = ":%04X".formatted(port);
    return lines.stream()
        .map(line -> line.strip().split("\\s+", -1))
        .filter(field -> field.length > 9)
        .filter(field -> field[1].endsWith(localPort) && field[3].equals(TCP_LISTEN_STATE))
        .map(field -> field[9])
        .findFirst();
  }

  private static boolean hasOpen(long pid, String target) {
    try (var open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      return open.anyMatch(link -> pointsTo(link, target));
    } catch (IOException | UncheckedIOException notOurs) {
      return false; // another user's process, or one that has just ended
    }
  }

  private static boolean pointsTo(Path link, String target) {
    try {
      return Files.readSymbolicLink(link).toString().equals(target);
    } catch (IOException closed) {
      return false;
    }
  }
}
