package dev.pulse.backend.access;

import dev.pulse.model.Permission;
import java.util.Set;

/** Who may use a route. */
public sealed interface Rule {

  /** Everybody, without saying who they are. */
  record Anyone() implements Rule {}

  /** Whoever has proved who they are. */
  record SignedIn() implements Rule {}

  /**
   * A person in a browser that is signed in; a program never: what it could do here would outlive
   * its token. Also with a temporary password.
   */
  record InPerson() implements Rule {}

  /** Whoever has all of these. */
  record Needs(Set<Permission> permissions) implements Rule {
    public Needs {
      if (permissions.isEmpty()) throw new IllegalArgumentException("needs at least one");
      permissions = Set.copyOf(permissions);
    }
  }

  /** Whether the rule lets this caller pass. */
  default boolean admits(Caller caller) {
    return switch (this) {
      case Anyone _ -> true;
      case InPerson _ -> caller.proof() instanceof Caller.Browser;
      case SignedIn _ -> !caller.passwordTemporary();
      case Needs(var all) -> !caller.passwordTemporary() && caller.permissions().containsAll(all);
    };
  }
}
