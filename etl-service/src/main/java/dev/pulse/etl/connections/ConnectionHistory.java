package dev.pulse.etl.connections;

import dev.pulse.etl.platform.audit.Audit;
import dev.pulse.etl.platform.audit.Audit.Target;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes down who changed a connection, and how. Of secrets it knows the names only. */
@Component
class ConnectionHistory {

  private final Audit audit;

  ConnectionHistory(Audit audit) {
    this.audit = audit;
  }

  /**
   * How a connection stands.
   *
   * @param secrets the names of those that are saved
   * @param entered the names of those that were entered with this change
   */
  record Seen(
      String connector,
      String name,
      Map<String, String> settings,
      List<String> secrets,
      List<String> entered,
      Map<String, List<String>> scope,
      Map<String, String> network,
      @Nullable String startFrom) {}

  Seen seen(Connection connection, Collection<String> entered) {
    var network = new TreeMap<>(connection.network);
    network.computeIfPresent("caCertificate", (name, pem) -> "given");
    return new Seen(
        connection.connector,
        connection.name,
        new TreeMap<>(connection.settings),
        connection.secrets.keySet().stream().sorted().toList(),
        entered.stream().sorted().toList(),
        new TreeMap<>(connection.scope),
        network,
        connection.startFrom == null ? null : connection.startFrom.toString());
  }

  void created(Connection connection, Collection<String> entered, @Nullable String reason) {
    record("connection.create", connection, reason, null, seen(connection, entered));
  }

  void changed(
      Connection connection, Seen before, Collection<String> entered, @Nullable String reason) {
    record("connection.update", connection, reason, before, seen(connection, entered));
  }

  void deleted(Connection connection, @Nullable String reason) {
    record("connection.delete", connection, reason, seen(connection, List.of()), null);
  }

  private void record(
      String action,
      Connection connection,
      @Nullable String reason,
      @Nullable Seen before,
      @Nullable Seen after) {
    audit.record(action, Target.of("connection", connection.requireId()), reason, before, after);
  }
}
