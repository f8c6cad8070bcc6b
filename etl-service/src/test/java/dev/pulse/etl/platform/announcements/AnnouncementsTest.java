package dev.pulse.etl.platform.announcements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.local.postgres.LocalPostgres;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class AnnouncementsTest {

  private final String url = LocalPostgres.shared().freshDatabase();
  private final JdbcClient jdbc =
      JdbcClient.create(new DriverManagerDataSource(url, "postgres", "postgres"));
  private final Heard heard = new Heard();
  private final Announcements here = node().on("jobs", heard);
  private final Announcements elsewhere = node();

  private static final class Heard implements Announcements.Listener {
    final List<String> payloads = new CopyOnWriteArrayList<>();
    final AtomicInteger beginnings = new AtomicInteger();

    @Override
    public void heard(String payload) {
      payloads.add(payload);
    }

    @Override
    public void hearing() {
      beginnings.incrementAndGet();
    }
  }

  private Announcements node() {
    return new Announcements(
        new JdbcConnectionDetails() {
          @Override
          public String getUsername() {
            return "postgres";
          }

          @Override
          public String getPassword() {
            return "postgres";
          }

          @Override
          public String getJdbcUrl() {
            return url;
          }
        },
        jdbc);
  }

  @AfterEach
  void stop() {
    here.stop();
  }

  private void startListening() {
    here.start();
    await().until(() -> heard.beginnings.get() == 1);
  }

  @Test
  void what_another_node_says_is_heard() {
    startListening();

    elsewhere.announce("jobs", "7");

    await().atMost(Duration.ofSeconds(5)).until(() -> heard.payloads.equals(List.of("7")));
  }

  @Test
  void what_is_said_in_other_channels_is_not_heard() {
    startListening();

    elsewhere.announce("elsewhere", "1");
    elsewhere.announce("jobs", "2");

    await().until(() -> !heard.payloads.isEmpty());
    assertThat(heard.payloads).containsExactly("2");
  }

  @Test
  void a_listener_learns_that_it_was_cut_off_and_hears_again() {
    startListening();

    jdbc.sql(
            """
            select pg_terminate_backend(pid)
            from pg_stat_activity
            where datname = current_database() and application_name = 'pulse announcements'
            """)
        .query((row, n) -> n)
        .list();
    await().atMost(Duration.ofSeconds(20)).until(() -> heard.beginnings.get() == 2);
    elsewhere.announce("jobs", "8");

    await().until(() -> heard.payloads.contains("8"));
  }

  @Test
  void two_listeners_of_a_channel_both_hear() {
    var second = new Heard();
    here.on("jobs", second);
    startListening();

    elsewhere.announce("jobs", "9");

    await().until(() -> heard.payloads.contains("9") && second.payloads.contains("9"));
  }
}
