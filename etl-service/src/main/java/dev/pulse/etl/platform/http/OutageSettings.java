package dev.pulse.etl.platform.http;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When a source counts as down, and how often it is then asked whether it is back.
 *
 * @param failures how many requests in a row go unanswered, or are answered with a server error,
 *     until it counts as down (2–1000)
 * @param probeAfter how long nothing is asked then, before one request tries; the wait doubles each
 *     time that one fails too, with jitter
 * @param probeAtLeastEvery the longest such wait
 */
@Validated
@ConfigurationProperties("pulse.sources.outage")
record OutageSettings(
    @DefaultValue("20") @Min(2) @Max(1000) int failures,
    @DefaultValue("5s") @NotNull Duration probeAfter,
    @DefaultValue("5m") @NotNull Duration probeAtLeastEvery) {}
