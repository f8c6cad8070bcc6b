package dev.pulse.etl.platform.budget;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much of a source's allowance Pulse takes.
 *
 * @param reservePercent share of every allowance that is left for people and other tools (0–90)
 */
@Validated
@ConfigurationProperties("pulse.budget")
public record BudgetSettings(@DefaultValue("10") @Min(0) @Max(90) int reservePercent) {}
