package dev.pulse.etl.connections;

import static java.util.stream.Collectors.toSet;

import dev.pulse.etl.platform.secret.RotatingTokens;
import dev.pulse.etl.platform.secret.Secret;
import dev.pulse.etl.platform.secret.SecretBox;
import dev.pulse.etl.platform.secret.SecretBox.Place;
import dev.pulse.etl.platform.secret.SecretBox.SecretUnreadable;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Secrets that a connection had until now: what was kept because of them goes with them. */
@Component
class FormerSecrets {

  private final ConnectionRepository repository;
  private final SecretBox secretBox;
  private final RotatingTokens tokens;

  FormerSecrets(ConnectionRepository repository, SecretBox secretBox, RotatingTokens tokens) {
    this.repository = repository;
    this.secretBox = secretBox;
    this.tokens = tokens;
  }

  /** Those of a connection that are followed by tokens. */
  List<Secret> followed(Connection connection) {
    return secrets(connection).filter(tokens::follows).toList();
  }

  /** To be called in the transaction that takes them from a connection. */
  void forget(List<Secret> former) {
    if (former.isEmpty()) return;
    var inUse =
        repository.findAll().stream().flatMap(this::secrets).map(Secret::reveal).collect(toSet());
    former.stream().filter(each -> !inUse.contains(each.reveal())).forEach(tokens::forget);
  }

  private Stream<Secret> secrets(Connection connection) {
    return connection.secrets.entrySet().stream()
        .flatMap(
            each -> {
              try {
                var place = new Place(Connections.TABLE, connection.requireId(), each.getKey());
                return Stream.of(secretBox.open(each.getValue(), place));
              } catch (SecretUnreadable e) {
                return Stream.of(); // nor can what follows it be opened by anybody
              }
            });
  }
}
