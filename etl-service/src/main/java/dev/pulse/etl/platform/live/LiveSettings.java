package dev.pulse.etl.platform.live;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How events are sent.
 *
 * @param tick how often counters are looked at while a run is going on and somebody listens
 * @param heartbeat how often a stream shows that it is alive
 * @param backlog events that may wait for a subscriber before it is dropped (16–10,000)
 * @param subscribers how many a node serves at once (1–10,000)
 */
@Validated
@ConfigurationProperties("pulse.events")
public record LiveSettings(
    @DefaultValue("500ms") @NotNull Duration tick,
    @DefaultValue("15s") @NotNull Duration heartbeat,
    @DefaultValue("256") @Min(16) @Max(10_000) int backlog,
    @DefaultValue("2000") @Min(1) @Max(10_000) int subscribers) {}
