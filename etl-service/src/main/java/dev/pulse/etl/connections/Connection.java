package dev.pulse.etl.connections;

import dev.pulse.etl.connectors.ConnectionSettings.Scope;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A saved connection, as it stands in the database: its secrets are sealed. */
@Entity(name = "connection")
class Connection {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Nullable Long id;

  @Column(updatable = false)
  String connector;

  String name;

  @JdbcTypeCode(SqlTypes.JSON)
  Map<String, String> settings = new HashMap<>();

  /** Secret name to sealed value. */
  @JdbcTypeCode(SqlTypes.JSON)
  Map<String, String> secrets = new HashMap<>();

  @JdbcTypeCode(SqlTypes.JSON)
  Map<String, List<String>> scope = new HashMap<>();

  @JdbcTypeCode(SqlTypes.JSON)
  Map<String, String> network = new HashMap<>();

  @Nullable Instant startFrom;

  @Version long version;

  @Column(insertable = false, updatable = false)
  Instant createdAt;

  protected Connection() {}

  Connection(String connector) {
    this.connector = connector;
  }

  long requireId() {
    if (id == null) throw new IllegalStateException("not saved yet");
    return id;
  }

  Scope requireScope() {
    return new Scope(
        scope.getOrDefault("include", List.of()), scope.getOrDefault("exclude", List.of()));
  }

  void scope(Scope wanted) {
    scope = Map.of("include", wanted.include(), "exclude", wanted.exclude());
  }
}
