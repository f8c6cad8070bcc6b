package dev.pulse.etl.monitoring;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the cluster is watched.
 *
 * @param interval how often its figures are read, however often they are asked for
 */
@Validated
@ConfigurationProperties("pulse.monitoring")
record MonitoringSettings(@DefaultValue("15s") @NotNull Duration interval) {

  /** How long a node that says nothing keeps the watch. */
  Duration lease() {
    return interval.multipliedBy(3).plusSeconds(1);
  }
}
