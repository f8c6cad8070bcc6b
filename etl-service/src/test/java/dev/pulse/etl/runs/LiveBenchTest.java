package dev.pulse.etl.runs;

import dev.pulse.etl.platform.live.Broadcast;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What listening costs, and how soon something is heard. It measures and asserts nothing. */
@Tag("bench")
class LiveBenchTest extends TwoNodesTest {

  private static final int SUBSCRIBERS = 500;
  private static final int CHANGES = 50;

  @Test
  void heap_of_idle_subscribers() throws Exception {
    for (int i = 0; i < 20; i++) connect(1);
    var broadcast = a.bean(Broadcast.class);
    listen(20).forEach(LiveBenchTest::close); // what is made once is made now
    long before = heap();

    var sockets = listen(SUBSCRIBERS);
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> broadcast.size() >= SUBSCRIBERS && !broadcast.hasNewcomers());
    long after = heap();

    System.out.printf(
        "%d idle subscribers: %.1f MB of heap%n", SUBSCRIBERS, (after - before) / 1e6);
    sockets.forEach(LiveBenchTest::close);
  }

  @Test
  void from_commit_to_client() {
    long job = connect(1);
    var late = new ArrayList<Long>();
    try (var heard = Listener.to(b, "")) {
      heard.await("snapshot", any -> true);
      for (int i = 0; i < CHANGES; i++) {
        var reason = "change " + i;
        jdbc.sql("update job set reason = ?, version = version + 1 where id = ?")
            .params(reason, job)
            .update();
        long committed = System.nanoTime();
        heard.await("job", each -> each.path("job").path("reason").asString("").equals(reason));
        late.add((System.nanoTime() - committed) / 1_000_000);
      }
    }
    late.sort(null);
    System.out.printf(
        "commit to client of another node: median %d ms, longest %d ms%n",
        late.get(CHANGES / 2), late.getLast());
  }

  private List<Socket> listen(int count) throws IOException {
    var sockets = new ArrayList<Socket>();
    for (int i = 0; i < count; i++) sockets.add(Listener.deaf(a));
    return sockets;
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long heap() {
    for (int i = 0; i < 3; i++) System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
