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
   * its token.
   */
  record InPerson() implements Rule {}

  /** The same, also while something else has to be done first: this is how it is done. */
  record Entering() implements Rule {}

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
      case Entering _ -> isInPerson(caller);
      case InPerson _ -> isInPerson(caller) && caller.owes() == null;
      case SignedIn _ -> caller.owes() == null;
      case Needs(var all) -> caller.owes() == null && caller.permissions().containsAll(all);
    };
  }

  private static boolean isInPerson(Caller caller) {
    return caller.proof() instanceof Caller.Browser;
  }
}
