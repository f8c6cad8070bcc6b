package dev.pulse.etl.connectors;

import dev.pulse.etl.platform.http.Network;
import dev.pulse.etl.platform.secret.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A filled-in {@link ConnectionForm}.
 *
 * @param settings by field name, defaults filled in
 * @param network how the source is reached
 * @param startFrom records last changed before are not read on the first load; null = all history
 */
public record ConnectionSettings(
    Map<String, String> settings,
    Map<String, Secret> secrets,
    Scope scope,
    Network network,
    @Nullable Instant startFrom) {

  public ConnectionSettings {
    settings = Map.copyOf(settings);
    secrets = Map.copyOf(secrets);
  }

  /**
   * The setting of a required field.
   *
   * @throws InvalidSetting if it is missing
   */
  public String require(String name) {
    var value = settings.get(name);
    if (value == null || value.isBlank()) {
      throw new InvalidSetting("settings." + name, "is missing", "Fill it in.");
    }
    return value.strip();
  }

  /**
   * The secret of a required field.
   *
   * @throws InvalidSetting if it is missing
   */
  public Secret requireSecret(String name) {
    var value = secrets.get(name);
    if (value == null) {
      throw new InvalidSetting("secrets." + name, "is missing", "Enter it.");
    }
    return value;
  }

  /**
   * Which projects or repositories are read.
   *
   * @param include names, keys or ids; empty = all that the token can see
   * @param exclude names, keys or ids that are left out even if included
   */
  public record Scope(List<String> include, List<String> exclude) {

    public static final Scope ALL = new Scope(List.of(), List.of());

    public Scope {
      include = List.copyOf(include);
      exclude = List.copyOf(exclude);
    }

    public boolean contains(ScopeElement element) {
      return (include.isEmpty() || names(include, element)) && !names(exclude, element);
    }

    private static boolean names(List<String> list, ScopeElement element) {
      return list.stream()
          .anyMatch(
              entry ->
                  entry.equalsIgnoreCase(element.name()) || entry.equals(element.externalId()));
    }
  }
}
