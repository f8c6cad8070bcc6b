package dev.pulse.etl.alerts;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How people are told.
 *
 * @param mailFrom the sender of mail
 * @param backOff how soon a message that did not arrive is sent again; then twice as long, and so
 *     on, up to an hour
 * @param giveUpAfter how long it is tried
 * @param keepDays how long ended incidents are kept (1–3650)
 */
@Validated
@ConfigurationProperties("pulse.alerts")
record AlertSettings(
    @DefaultValue("pulse@localhost") @NotBlank String mailFrom,
    @DefaultValue("30s") @NotNull Duration backOff,
    @DefaultValue("24h") @NotNull Duration giveUpAfter,
    @DefaultValue("90") @Min(1) @Max(3650) int keepDays) {}
