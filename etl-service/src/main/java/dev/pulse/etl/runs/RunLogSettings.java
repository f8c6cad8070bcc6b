package dev.pulse.etl.runs;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What is kept of what runs log.
 *
 * @param queue how many lines may wait to be stored (10–100,000); what comes while so many wait is
 *     counted and not kept: a run never waits for its log
 */
@Validated
@ConfigurationProperties("pulse.run-log")
record RunLogSettings(@DefaultValue("2000") @Min(10) @Max(100_000) int queue) {}
