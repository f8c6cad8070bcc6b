package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;

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

/** What listening costs, and how soon something is heard, with much room for a busy machine. */
@Tag("long")
class LiveCostTest extends TwoNodesTest {

  private static final int SUBSCRIBERS = 500;
  private static final double MOST_MEGABYTES = 100;
  private static final int CHANGES = 50;
  private static final long MOST_MILLIS = 1_000;

  @Test
  void five_hundred_idle_subscribers_take_less_than_a_hundred_megabytes() throws Exception {
    for (int i = 0; i < 20; i++) connect(1);
    var broadcast = a.bean(Broadcast.class);
    listen(20).forEach(LiveCostTest::close); // what is made once is made now
    long before = heap();

    var sockets = listen(SUBSCRIBERS);
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> broadcast.size() >= SUBSCRIBERS && !broadcast.hasNewcomers());
    long after = heap();

    sockets.forEach(LiveCostTest::close);
    double megabytes = (after - before) / 1e6;
    System.out.printf("%d idle subscribers: %.1f MB of heap%n", SUBSCRIBERS, megabytes);
    assertThat(megabytes).isLessThan(MOST_MEGABYTES);
  }

  @Test
  void a_change_is_heard_on_another_node_within_a_second() {
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
    assertThat(late.get(CHANGES * 9 / 10)).isLessThan(MOST_MILLIS);
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
