package dev.pulse.etl.platform.announcements;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What one node says, all nodes hear, itself included, within milliseconds (PostgreSQL's NOTIFY).
 * An announcement is a hint to look, never the truth itself: those made while this node was cut off
 * from the database are lost, so each listener is told when it hears again.
 */
@Component
public class Announcements implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Announcements.class);

  /** How long nothing may be heard before the connection is tried out. */
  private static final int SILENCE_MILLIS = 10_000;

  private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);

  private final JdbcConnectionDetails database;
  private final JdbcClient jdbc;
  private final Map<String, Listener> listeners = new ConcurrentHashMap<>();
  private volatile CountDownLatch stopped = new CountDownLatch(0);
  private volatile @Nullable Connection connection;

  Announcements(JdbcConnectionDetails database, JdbcClient jdbc) {
    this.database = database;
    this.jdbc = jdbc;
  }

  /** Called on the one thread that listens: returns quickly and throws nothing. */
  public interface Listener {

    void heard(String payload);

    /** Now it hears, for the first time or again: what was said before was not heard. */
    void hearing();
  }

  /**
   * Listens to a channel from the start of this node to its end. To be called before the start,
   * such as by a constructor.
   *
   * @param channel lower-case letters and underscores
   */
  public Announcements on(String channel, Listener listener) {
    if (!channel.matches("[a-z_]+")) throw new IllegalArgumentException("no channel: " + channel);
    listeners.merge(channel, listener, Both::new);
    return this;
  }

  /**
   * Tells all nodes, once the transaction around it has committed.
   *
   * @param payload up to 7,999 bytes; ids, not data
   */
  public void announce(String channel, String payload) {
    jdbc.sql("select pg_notify(?, ?)").params(channel, payload).query((row, n) -> n).list();
  }

  private record Both(Listener first, Listener second) implements Listener {
    @Override
    public void heard(String payload) {
      first.heard(payload);
      second.heard(payload);
    }

    @Override
    public void hearing() {
      first.hearing();
      second.hearing();
    }
  }

  @Override
  public void start() {
    var stop = new CountDownLatch(1);
    stopped = stop;
    Thread.ofVirtual().name("announcements").start(() -> listen(stop));
  }

  @Override
  public void stop() {
    stopped.countDown();
    var open = connection;
    if (open != null) close(open);
  }

  @Override
  public boolean isRunning() {
    return stopped.getCount() > 0;
  }

  private void listen(CountDownLatch stop) {
    while (stop.getCount() > 0) {
      try (var opened = open()) {
        connection = opened;
        hear(stop, opened);
      } catch (SQLException | RuntimeException e) {
        if (stop.getCount() > 0) log.warn("Cannot hear other nodes for now: {}", e.toString());
      }
      try {
        if (stop.await(BEFORE_NEXT_TRY.toMillis(), TimeUnit.MILLISECONDS)) return;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** A connection of its own: one of the pool would be taken from those who work. */
  private Connection open() throws SQLException {
    var settings = new Properties();
    if (database.getUsername() != null) settings.setProperty("user", database.getUsername());
    if (database.getPassword() != null) settings.setProperty("password", database.getPassword());
    settings.setProperty("ApplicationName", "pulse announcements");
    settings.setProperty("tcpKeepAlive", "true");
    settings.setProperty("connectTimeout", "5");
    settings.setProperty("socketTimeout", Integer.toString(3 * SILENCE_MILLIS / 1_000));
    return DriverManager.getConnection(database.getJdbcUrl(), settings);
  }

  private void hear(CountDownLatch stop, Connection opened) throws SQLException {
    try (var statement = opened.createStatement()) {
      for (var channel : listeners.keySet()) statement.execute("listen " + channel);
    }
    listeners.values().forEach(Listener::hearing);
    var notified = opened.unwrap(PGConnection.class);
    while (stop.getCount() > 0) {
      PGNotification @Nullable [] heard = notified.getNotifications(SILENCE_MILLIS);
      if (heard == null || heard.length == 0) {
        if (!opened.isValid(5)) throw new SQLException("the database no longer answers");
        continue;
      }
      for (var each : heard) {
        var listener = listeners.get(each.getName());
        if (listener != null) listener.heard(each.getParameter());
      }
    }
  }

  private static void close(Connection open) {
    try {
      open.close();
    } catch (SQLException e) {
      log.debug("The connection was gone already: {}", e.toString());
    }
  }
}
