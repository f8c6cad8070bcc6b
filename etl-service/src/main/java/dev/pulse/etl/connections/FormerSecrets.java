package dev.pulse.etl.connections;

import static java.util.stream.Collectors.toSet;

import dev.pulse.etl.platform.secret.RotatingTokens;
import dev.pulse.etl.platform.secret.Secret;
import java.util.List;
import org.springframework.stereotype.Component;

/** Secrets that a connection had until now: what was kept because of them goes with them. */
@Component
class FormerSecrets {

  private final ConnectionRepository repository;
  private final SealedSecrets sealed;
  private final RotatingTokens tokens;

  FormerSecrets(ConnectionRepository repository, SealedSecrets sealed, RotatingTokens tokens) {
    this.repository = repository;
    this.sealed = sealed;
    this.tokens = tokens;
  }

  /** Those of a connection that are followed by tokens. */
  List<Secret> followed(Connection connection) {
    return sealed.readable(connection).filter(tokens::follows).toList();
  }

  /** To be called in the transaction that takes them from a connection. */
  void forget(List<Secret> former) {
    if (former.isEmpty()) return;
    var inUse =
        repository.findAll().stream()
            .flatMap(sealed::readable)
            .map(Secret::reveal)
            .collect(toSet());
    former.stream().filter(each -> !inUse.contains(each.reveal())).forEach(tokens::forget);
  }
}
