package dev.pulse.etl.connectors;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Every connector there is. */
@Component
public class ConnectorRegistry {

  private final Map<String, Connector> connectors;

  ConnectorRegistry(List<Connector> connectors) {
    this.connectors =
        connectors.stream()
            .collect(Collectors.toUnmodifiableMap(Connector::id, Function.identity()));
  }

  /** All, ordered by label. */
  public List<Connector> all() {
    return connectors.values().stream().sorted(Comparator.comparing(Connector::label)).toList();
  }

  public Optional<Connector> find(String id) {
    return Optional.ofNullable(connectors.get(id));
  }
}
