package dev.pulse.etl.platform.telemetry;

import dev.pulse.etl.platform.secret.Secret;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where traces go.
 *
 * @param endpoint of a collector that speaks OTLP over HTTP, such as {@code http://127.0.0.1:4318};
 *     without one, or with an empty one, nothing is traced
 * @param headers sent with each batch, such as the collector's token
 * @param sampling the share of traces that are kept, 0 to 1; what the gateway has begun is kept if
 *     the gateway keeps it
 * @param timeout for one batch; what cannot be sent is dropped
 */
@Validated
@ConfigurationProperties("pulse.telemetry")
record TelemetrySettings(
    @Nullable String endpoint,
    @DefaultValue Map<String, Secret> headers,
    @DefaultValue("1") @DecimalMin("0") @DecimalMax("1") double sampling,
    @DefaultValue("10s") @NotNull Duration timeout) {

  TelemetrySettings {
    headers = Map.copyOf(headers);
    if (endpoint != null && endpoint.isBlank()) endpoint = null;
    if (endpoint != null && !endpoint.matches("https?://[^/?#@]+(/[^?#]*)?")) {
      throw new IllegalArgumentException(
          "pulse.telemetry.endpoint has to be an address such as http://127.0.0.1:4318");
    }
  }
}
