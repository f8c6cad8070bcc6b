package dev.pulse.etl.connections;

import dev.pulse.etl.connectors.InvalidSetting;
import dev.pulse.etl.platform.secret.Secret;
import dev.pulse.etl.platform.secret.SecretBox;
import dev.pulse.etl.platform.secret.SecretBox.Place;
import dev.pulse.etl.platform.secret.SecretBox.SecretUnreadable;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The secrets of saved connections: each opens only for the connection that it was sealed for. */
@Component
class SealedSecrets {

  private static final String TABLE = "connection";

  private final SecretBox secretBox;

  SealedSecrets(SecretBox secretBox) {
    this.secretBox = secretBox;
  }

  /** Seals what was entered, beside or in place of what there is; blank is not entered. */
  void add(Connection connection, Map<String, String> entered) {
    var sealed = new HashMap<>(connection.secrets);
    entered.forEach(
        (name, value) -> {
          if (value.isBlank()) return;
          sealed.put(name, secretBox.seal(new Secret(value.strip()), place(connection, name)));
        });
    connection.secrets = sealed;
  }

  /**
   * Opens all.
   *
   * @throws InvalidSetting if one cannot be opened
   */
  Map<String, Secret> open(Connection connection) {
    var secrets = new HashMap<String, Secret>();
    connection.secrets.forEach(
        (name, text) -> {
          try {
            secrets.put(name, secretBox.open(text, place(connection, name)));
          } catch (SecretUnreadable e) {
            throw new InvalidSetting(
                "secrets." + name, "cannot be opened: " + e.getMessage(), FormRules.ENTER_IT);
          }
        });
    return secrets;
  }

  /** Those that can be opened. */
  Stream<Secret> readable(Connection connection) {
    return connection.secrets.entrySet().stream()
        .flatMap(
            each -> {
              try {
                return Stream.of(secretBox.open(each.getValue(), place(connection, each.getKey())));
              } catch (SecretUnreadable e) {
                return Stream.of(); // nor can what follows it be opened by anybody
              }
            });
  }

  private static Place place(Connection connection, String name) {
    return new Place(TABLE, connection.requireId(), name);
  }
}
