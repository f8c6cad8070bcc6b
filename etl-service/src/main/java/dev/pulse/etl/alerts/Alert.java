package dev.pulse.etl.alerts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is told of what, and how.
 *
 * @param url of a webhook
 * @param to whom mail is sent
 * @param secretSet whether messages to the webhook can be signed
 * @param version moves with each change
 */
record Alert(
    long id,
    String name,
    boolean enabled,
    Channel channel,
    @Nullable String url,
    List<String> to,
    boolean secretSet,
    Watched watched,
    long version) {

  /** The way to people. */
  enum Channel {
    /** A signed POST. */
    WEBHOOK,
    MAIL
  }

  /**
   * What is watched.
   *
   * @param connections only these; empty = all
   * @param lateAfter planned times missed in a row from which a job is late
   * @param budgetBelowPercent share of an allowance below which a budget is low
   * @param quarantinePerHour records set aside within an hour from which it is growing
   */
  record Watched(
      List<Condition> conditions,
      List<Long> connections,
      int lateAfter,
      int budgetBelowPercent,
      int quarantinePerHour) {

    Watched {
      conditions = List.copyOf(conditions);
      connections = List.copyOf(connections);
    }

    boolean covers(long connection) {
      return connections.isEmpty() || connections.contains(connection);
    }
  }

  Alert {
    to = List.copyOf(to);
  }
}
