package dev.pulse.backend.sessions;

import dev.pulse.model.Role;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who has to prove with more than a password that it is them.
 *
 * @param requiredOf roles whose users may do nothing before they have set a second factor up; it
 *     binds people, not script tokens
 */
@ConfigurationProperties("pulse.second-factor")
public record SecondFactorSettings(@DefaultValue Set<Role> requiredOf) {

  public SecondFactorSettings {
    requiredOf = Set.copyOf(requiredOf);
  }

  public boolean isRequiredOf(Role role) {
    return requiredOf.contains(role);
  }
}
