package dev.pulse.etl.runs;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How jobs are run. Those that operators can set hold until somebody has set them.
 *
 * @param lease how long a node that says nothing keeps its runs; renewed every third of it
 * @param tick how often a node looks for due jobs
 * @param maxActive how many runs go on at once in the whole cluster (1–100); 1 = strictly one by
 *     one
 * @param interval how often a job is due, unless its own interval says otherwise
 * @param retryAfter how soon a failed job is tried again
 * @param retries how often in a row it is tried that soon (0–20)
 * @param losses how often in a row the node of a run may be lost, or cut off from the database,
 *     before anything of it is stored (1–100): what kills its node would kill one after the other
 * @param keepRunsDays how long what is known of ended runs is kept (1–3650)
 */
@Validated
@ConfigurationProperties("pulse.runs")
record RunSettings(
    @DefaultValue("15s") @NotNull Duration lease,
    @DefaultValue("5s") @NotNull Duration tick,
    @DefaultValue("4") @Min(1) @Max(100) int maxActive,
    @DefaultValue("60m") @NotNull Duration interval,
    @DefaultValue("15m") @NotNull Duration retryAfter,
    @DefaultValue("3") @Min(0) @Max(20) int retries,
    @DefaultValue("10") @Min(1) @Max(100) int losses,
    @DefaultValue("365") @Min(1) @Max(3650) int keepRunsDays) {}
