package dev.pulse.etl.connections;

import static dev.pulse.etl.connections.FormRules.PROXY_PASSWORD;
import static dev.pulse.etl.connections.FormRules.requireSecrets;

import dev.pulse.etl.connectors.ConnectionSettings;
import dev.pulse.etl.connectors.Connector;
import dev.pulse.etl.connectors.ConnectorRegistry;
import dev.pulse.etl.connectors.InvalidSetting;
import dev.pulse.etl.connectors.Source;
import dev.pulse.etl.platform.access.Visible;
import dev.pulse.etl.platform.problem.Problem;
import dev.pulse.etl.platform.secret.Secret;
import dev.pulse.model.signing.VisibleConnections.All;
import dev.pulse.model.signing.VisibleConnections.Only;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** The saved connections. */
@Service
public class Connections {

  private final ConnectionRepository repository;
  private final ConnectorRegistry connectors;
  private final SealedSecrets secrets;
  private final FormerSecrets formerSecrets;
  private final FormRules rules;
  private final ApplicationEventPublisher events;
  private final TransactionTemplate transaction;
  private final ConnectionHistory history;

  Connections(
      ConnectionRepository repository,
      ConnectorRegistry connectors,
      SealedSecrets secrets,
      FormerSecrets formerSecrets,
      FormRules rules,
      ApplicationEventPublisher events,
      TransactionTemplate transaction,
      ConnectionHistory history) {
    this.repository = repository;
    this.connectors = connectors;
    this.secrets = secrets;
    this.formerSecrets = formerSecrets;
    this.rules = rules;
    this.events = events;
    this.transaction = transaction;
    this.history = history;
  }

  /**
   * A connection, ready to be read.
   *
   * @param source to be closed by whoever opened it
   */
  public record Opened(long id, String name, ConnectionSettings settings, Source source) {}

  /** Published in the transaction that saves a connection. */
  public record Saved(long id, List<String> budgetKeys, boolean created) {

    public Saved {
      budgetKeys = List.copyOf(budgetKeys);
    }
  }

  /** Published in the transaction that deletes a connection. */
  public record Deleted(long id) {}

  /**
   * Opens a saved connection.
   *
   * @throws Problem 404 if there is none
   * @throws InvalidSetting if it cannot work as saved
   */
  @Transactional(readOnly = true)
  public Opened open(long id) {
    var connection = require(id);
    var settings = settings(connection);
    var source = connector(connection.connector).open(settings);
    return new Opened(id, connection.name, settings, source);
  }

  /** Those that whoever asks may see. */
  @Transactional(readOnly = true)
  List<Connection> all() {
    return switch (Visible.now().connections()) {
      case All _ -> repository.findAll();
      case Only(var ids) -> repository.findAllById(ids);
    };
  }

  @Transactional(readOnly = true)
  public void requireExists(long id) {
    require(id);
  }

  Connection require(long id) {
    return repository.findById(id).orElseThrow(() -> Problem.notFound("connection", id));
  }

  Connection create(ConnectionInput input) {
    var settings = valid(input);
    return transaction.execute(_ -> create(input, settings));
  }

  private Connection create(ConnectionInput input, Map<String, String> settings) {
    var connection = new Connection(input.connector());
    connection.name = input.name().strip();
    refuseNameTaken(connection.name, 0);
    write(connection, input, settings);
    repository.saveAndFlush(connection); // its id binds the secrets
    seal(connection, input);
    publish(connection, true);
    history.created(connection, input.secretsEntered(), input.reason());
    return connection;
  }

  Connection update(long id, ConnectionInput input) {
    if (!require(id).connector.equals(input.connector())) {
      throw Problem.invalid("connector", "cannot change", "Make a new connection instead.");
    }
    var settings = valid(input);
    return transaction.execute(_ -> update(id, input, settings));
  }

  private Connection update(long id, ConnectionInput input, Map<String, String> settings) {
    var connection = require(id);
    if (input.version() != null && input.version() != connection.version) {
      throw Problem.conflict(
          "CHANGED_MEANWHILE",
          "Somebody else has changed it",
          "Connection %d is at version %d by now.".formatted(id, connection.version),
          "Load it again and repeat the change.");
    }
    var seen = history.seen(connection, List.of());
    var followed = formerSecrets.followed(connection);
    var before = connection.settings.get("baseUrl");
    var networkBefore = connection.network;
    var startBefore = connection.startFrom;
    connection.name = input.name().strip();
    refuseNameTaken(connection.name, id);
    write(connection, input, settings);
    var after = connection.settings.get("baseUrl");
    if (!Objects.equals(origin(before), origin(after))
        || !connection.network.equals(networkBefore)) {
      // a token goes only where, and only the way, it was entered for
      connection.secrets = new HashMap<>();
    }
    if (repository.wasRead(id)) {
      refuseAnotherSource(before, after, input);
      refuseAnotherStart(startBefore, connection.startFrom);
    }
    seal(connection, input);
    repository.saveAndFlush(connection);
    formerSecrets.forget(followed);
    publish(connection, false);
    history.changed(connection, seen, input.secretsEntered(), input.reason());
    return connection;
  }

  /** Ids, watermarks and checkpoints of one source mean nothing in another. */
  private static void refuseAnotherSource(
      @Nullable String before, @Nullable String after, ConnectionInput input) {
    if (Objects.equals(before, after) || Boolean.TRUE.equals(input.sameSource())) return;
    throw Problem.conflict(
        "ANOTHER_SOURCE",
        "What was read belongs to the source it was read from",
        "It was read from %s, and the address is now %s.".formatted(before, after),
        "Make a new connection; or send sameSource = true if the same source has moved.");
  }

  private static void refuseAnotherStart(@Nullable Instant before, @Nullable Instant after) {
    if (Objects.equals(before, after)) return;
    throw Problem.invalid(
        "startFrom",
        "cannot change once something was read",
        "Make a new connection to read from another date on.");
  }

  @Transactional
  Connection rescope(long id, ConnectionInput.ScopeInput scope, @Nullable String reason) {
    var connection = require(id);
    var seen = history.seen(connection, List.of());
    connection.scope(scope.scope());
    history.changed(connection, seen, List.of(), reason);
    return repository.saveAndFlush(connection);
  }

  @Transactional
  void delete(long id, @Nullable String reason) {
    var connection = require(id);
    var followed = formerSecrets.followed(connection);
    repository.delete(connection);
    formerSecrets.forget(followed);
    history.deleted(connection, reason);
    events.publishEvent(new Deleted(id));
  }

  /** Opens what a client has filled in and not saved. */
  Opened open(ConnectionInput input) {
    var connection = new Connection(input.connector());
    write(connection, input, valid(input));
    var entered = new HashMap<String, Secret>();
    input.secretsOrNone().forEach((name, value) -> entered.put(name, new Secret(value)));
    var settings = settings(connection, entered);
    requireSecrets(connector(input.connector()).form(), entered.keySet()::contains);
    return new Opened(0, input.name(), settings, connector(input.connector()).open(settings));
  }

  Connector connector(String id) {
    return connectors
        .find(id)
        .orElseThrow(
            () ->
                Problem.invalid(
                    "connector",
                    "is none of " + connectors.all().stream().map(Connector::id).toList(),
                    "Take one of those."));
  }

  private Map<String, String> valid(ConnectionInput input) {
    return rules.valid(connector(input.connector()).form(), input);
  }

  private static void write(
      Connection connection, ConnectionInput input, Map<String, String> settings) {
    connection.settings = settings;
    connection.network = input.networkOrDirect();
    connection.scope(input.scopeOrAll());
    connection.startFrom = input.startFromOrNull();
  }

  private void seal(Connection connection, ConnectionInput input) {
    secrets.add(connection, input.secretsOrNone());
    requireSecrets(connector(connection.connector).form(), connection.secrets::containsKey);
  }

  private void refuseNameTaken(String name, long id) {
    if (repository.existsByNameAndIdNot(name, id)) {
      throw Problem.invalid("name", "is another connection's", "Choose another name.");
    }
  }

  private void publish(Connection connection, boolean created) {
    try (var source = connector(connection.connector).open(settings(connection))) {
      var keys = source.budgetKeys().stream().map(key -> key.value()).sorted().toList();
      events.publishEvent(new Saved(connection.requireId(), keys, created));
    }
  }

  private ConnectionSettings settings(Connection connection) {
    return settings(connection, secrets.open(connection));
  }

  private static ConnectionSettings settings(Connection connection, Map<String, Secret> secrets) {
    return new ConnectionSettings(
        connection.settings,
        secrets,
        connection.requireScope(),
        FormRules.network(connection.network, secrets.get(PROXY_PASSWORD)),
        connection.startFrom);
  }

  private static @Nullable String origin(@Nullable String url) {
    if (url == null) return null;
    var uri = URI.create(url);
    return "%s://%s:%d".formatted(uri.getScheme(), uri.getHost(), uri.getPort());
  }
}
