package dev.pulse.backend.dashboard;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the overview is put together.
 *
 * @param deadline for all that is asked for one overview; what has not come by then is named as
 *     missing (0.1–30 s)
 * @param fresh for how long what was read is shown again to whoever has the same rights, without
 *     asking (at most 10 s)
 * @param keep for how long it is shown with its age while etl-service does not answer
 */
@ConfigurationProperties("pulse.dashboard")
record DashboardSettings(
    @DefaultValue("3s") Duration deadline,
    @DefaultValue("2s") Duration fresh,
    @DefaultValue("1h") Duration keep) {

  DashboardSettings {
    if (deadline.toMillis() < 100 || deadline.toMillis() > 30_000) {
      throw new IllegalArgumentException("pulse.dashboard.deadline is not between 0.1 and 30 s");
    }
    if (fresh.isNegative() || fresh.toMillis() > 10_000) {
      throw new IllegalArgumentException("pulse.dashboard.fresh is not between 0 and 10 seconds");
    }
  }
}
