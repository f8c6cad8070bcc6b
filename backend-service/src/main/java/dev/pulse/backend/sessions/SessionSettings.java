package dev.pulse.backend.sessions;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a browser stays signed in.
 *
 * @param idle without a request
 * @param absolute in any case
 * @param refreshGrace for how long the refresh token just replaced still works: two tabs ask at
 *     once
 * @param recheck for how long a node believes what the database said of a session or token: an end,
 *     or another role, takes effect everywhere within that time
 */
@ConfigurationProperties("pulse.sessions")
public record SessionSettings(
    @DefaultValue("30m") Duration idle,
    @DefaultValue("12h") Duration absolute,
    @DefaultValue("10s") Duration refreshGrace,
    @DefaultValue("3s") Duration recheck) {

  /** A session's last use is written down only this often. */
  static final Duration USE_NOTED = Duration.ofMinutes(1);

  public SessionSettings {
    if (recheck.compareTo(Duration.ofSeconds(5)) > 0) {
      throw new IllegalArgumentException("pulse.sessions.recheck is more than 5 seconds");
    }
    if (idle.compareTo(USE_NOTED.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException("pulse.sessions.idle is less than 2 minutes");
    }
  }
}
