package dev.pulse.backend.users;

import dev.pulse.model.Role;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who uses Pulse.
 *
 * @param email by which the user signs in, in lower case
 * @param connections whose data the user sees; null = all
 * @param invited has not chosen a password yet
 * @param secondFactor proves with a code, too, that it is them
 * @param passwordTemporary has to choose a password before anything else
 * @param version to be sent back with a change: somebody else's change meanwhile is then noticed
 */
public record User(
    long id,
    String email,
    String name,
    Role role,
    @Nullable List<Long> connections,
    boolean active,
    boolean invited,
    boolean passwordTemporary,
    boolean secondFactor,
    Instant createdAt,
    long version) {

  public User {
    connections = connections == null ? null : List.copyOf(connections);
  }
}
