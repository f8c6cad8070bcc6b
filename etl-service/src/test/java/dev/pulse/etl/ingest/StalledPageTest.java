package dev.pulse.etl.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.pulse.etl.EtlTest;
import dev.pulse.local.postgres.LocalPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A node that freezes while it sends a page: the server has half a message, and waits. */
class StalledPageTest extends EtlTest {

  private static final long RUN = 810_001;
  private static final Duration LEASE = Duration.ofSeconds(1);

  @Autowired JdbcClient jdbc;
  @Autowired IngestSettings settings;
  @Autowired DataSourceProperties database;

  @Test
  void half_a_statement_does_not_hold_the_lease_for_ever() throws Exception {
    jdbc.sql(
            "insert into run_lease (run_id, owner, token, expires)"
                + " values (?, 'frozen', 1, now() + interval '1 minute')")
        .param(RUN)
        .update();
    try (var link = new StallingLink(LocalPostgres.shared().port());
        var pool =
            (HikariDataSource)
                new IngestConfiguration().ingestDataSource(through(link), settings, LEASE)) {
      var ingest = new JdbcTemplate(pool);
      var frozen =
          CompletableFuture.runAsync(
              () ->
                  new TransactionTemplate(new JdbcTransactionManager(pool))
                      .executeWithoutResult(
                          page -> {
                            new Fences(ingest).take(new Fence(RUN, 1));
                            link.stallAfter(100_000);
                            ingest.queryForList("select length(?)", "x".repeat(1_000_000));
                          }));
      assertThat(link.stalled.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(free()).as("held by the page").isFalse();

      await().atMost(Duration.ofSeconds(20)).until(this::free);
      assertThat(frozen).failsWithin(Duration.ofSeconds(20));
    } finally {
      jdbc.sql("delete from run_lease where run_id = ?").param(RUN).update();
    }
  }

  private boolean free() {
    return jdbc.sql("select 1 from run_lease where run_id = ? for update skip locked")
        .param(RUN)
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  private DataSourceProperties through(StallingLink link) {
    var other = new DataSourceProperties();
    other.setUrl(
        database
            .determineUrl()
            .replaceFirst("127.0.0.1:\\d+", "127.0.0.1:" + link.listener.getLocalPort()));
    other.setUsername(database.getUsername());
    other.setPassword(database.getPassword());
    other.setGenerateUniqueName(false);
    return other;
  }

  /** A way to the server that lets everything pass, until it lets only so much more pass. */
  private static final class StallingLink implements AutoCloseable {

    private final ServerSocket listener;
    private final CountDownLatch stalled = new CountDownLatch(1);
    private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);

    StallingLink(int port) throws IOException {
      listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
      Thread.ofVirtual().start(() -> accept(port));
    }

    void stallAfter(long bytes) {
      left.set(bytes);
    }

    private void accept(int port) {
      try {
        while (true) {
          var client = listener.accept();
          var server = new Socket(InetAddress.getLoopbackAddress(), port);
          Thread.ofVirtual().start(() -> pass(client, server, true));
          Thread.ofVirtual().start(() -> pass(server, client, false));
        }
      } catch (IOException e) {
        // closed: the test is over
      }
    }

    private void pass(Socket from, Socket to, boolean counted) {
      var buffer = new byte[8_192];
      try (from;
          to) {
        for (int read = from.getInputStream().read(buffer); read >= 0; ) {
          if (counted && left.addAndGet(-read) < 0) {
            stalled.countDown();
            new CountDownLatch(1).await();
          }
          to.getOutputStream().write(buffer, 0, read);
          read = from.getInputStream().read(buffer);
        }
      } catch (IOException e) {
        // the other end is gone
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() throws IOException {
      listener.close();
    }
  }
}
