package dev.pulse.backend.limits;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How often somebody may ask, each as requests/duration. The defaults are out of reach for people,
 * with many pages open, too; a program that has gone mad meets them.
 *
 * @param reads of a user, or of a script token
 * @param writes the same, for what is not read only
 * @param downloads the same, for files and exports
 * @param signIn attempts to sign in and uses of links, from one network
 * @param strangers whatever else comes from one network without a login
 * @param remembered buckets that a node keeps at most (1,000–1,000,000), some 400 bytes each; those
 *     not used for longest are forgotten, and begin full again
 */
@Validated
@ConfigurationProperties("pulse.limits")
record LimitSettings(
    @DefaultValue("600/10s") Rate reads,
    @DefaultValue("300/60s") Rate writes,
    @DefaultValue("30/60s") Rate downloads,
    @DefaultValue("60/60s") Rate signIn,
    @DefaultValue("600/60s") Rate strangers,
    @DefaultValue("50000") @Min(1_000) @Max(1_000_000) int remembered) {

  Rate of(Limit limit) {
    return switch (limit) {
      case READS -> reads;
      case WRITES -> writes;
      case DOWNLOADS -> downloads;
      case SIGN_IN -> signIn;
      case STRANGERS -> strangers;
    };
  }
}
