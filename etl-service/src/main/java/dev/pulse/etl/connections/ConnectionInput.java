package dev.pulse.etl.connections;

import dev.pulse.etl.connectors.ConnectionSettings.Scope;
import dev.pulse.etl.platform.problem.Problem;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection as a client sends it.
 *
 * @param secrets those left out keep their saved value
 * @param scope null = everything that the token can see
 * @param version of the connection as the client last saw it; null = whatever it is now
 * @param sameSource true = a changed address is the same source at another place, so what was read
 *     of it still holds
 * @param startFrom date, or instant in UTC; null = all history
 * @param reason of the change, kept in the history
 */
record ConnectionInput(
    @NotBlank @Size(max = 64) String connector,
    @NotBlank @Size(max = 100) String name,
    @Nullable Map<String, String> settings,
    @Nullable Map<String, String> secrets,
    @Valid @Nullable ScopeInput scope,
    @Nullable String startFrom,
    @Valid @Nullable NetworkInput network,
    @Nullable Boolean sameSource,
    @Nullable Long version,
    @Nullable @Size(max = 500) String reason) {

  record ScopeInput(
      @Nullable @Size(max = 10_000) List<@NotBlank @Size(max = 500) String> include,
      @Nullable @Size(max = 10_000) List<@NotBlank @Size(max = 500) String> exclude) {

    Scope scope() {
      return new Scope(
          include == null ? List.of() : include, exclude == null ? List.of() : exclude);
    }
  }

  /**
   * How the source is reached.
   *
   * @param proxy {@code http://[user@]host:port}; its password is the secret {@code proxyPassword}
   * @param caCertificate certificates in PEM, trusted besides the public authorities
   */
  record NetworkInput(
      @Nullable @Size(max = 500) String proxy,
      @Nullable @Size(max = 100_000) String caCertificate) {

    Map<String, String> settings() {
      var settings = new HashMap<String, String>();
      if (proxy != null && !proxy.isBlank()) settings.put("proxy", proxy.strip());
      if (caCertificate != null && !caCertificate.isBlank()) {
        settings.put("caCertificate", caCertificate.strip());
      }
      return settings;
    }
  }

  Map<String, String> settingsOrNone() {
    return settings == null ? Map.of() : settings;
  }

  Map<String, String> secretsOrNone() {
    return secrets == null ? Map.of() : secrets;
  }

  /** Names of the secrets that come with it. */
  List<String> secretsEntered() {
    return secretsOrNone().entrySet().stream()
        .filter(secret -> !secret.getValue().isBlank())
        .map(Map.Entry::getKey)
        .toList();
  }

  Map<String, String> networkOrDirect() {
    return network == null ? Map.of() : network.settings();
  }

  Scope scopeOrAll() {
    return scope == null ? Scope.ALL : scope.scope();
  }

  /** Without secrets: whatever prints it, tells nobody. */
  @Override
  public String toString() {
    return "%s %s, secrets %s".formatted(connector, name, secretsOrNone().keySet());
  }

  @Nullable Instant startFromOrNull() {
    if (startFrom == null || startFrom.isBlank()) return null;
    try {
      return startFrom.length() == 10
          ? LocalDate.parse(startFrom).atStartOfDay().toInstant(ZoneOffset.UTC)
          : Instant.parse(startFrom);
    } catch (DateTimeParseException e) {
      throw Problem.invalid(
          "startFrom", "is no date such as 2024-01-31", "Send a date, or null for all history.");
    }
  }
}
