package dev.pulse.etl.ingest;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How sources are read.
 *
 * @param partitionsAtOnce how many partitions of a run are read side by side (1–64); more hide the
 *     source's latency, and hold more pages in memory
 * @param attempts how often a page is asked for before the source counts as unavailable (1–20)
 * @param backoff wait before the second attempt; it doubles with each further one, with jitter
 * @param backoffLimit the longest such wait
 * @param censusEvery how long after one census of a project or repository the next is due
 * @param backfillAtOnce how long a run reads for backfills before it ends, so that the ordinary
 *     reading goes on; the next run goes on with them
 * @param backfillFailures how many runs in a row may fail at a backfill without having stored a
 *     page of it, before it is given up (1–20). Three are the run itself and two of the retries
 *     that follow it after {@code pulse.runs.retry-after}: half an hour in which the source has
 *     served all else, since the ordinary reading comes first
 */
@Validated
@ConfigurationProperties("pulse.ingest")
public record IngestSettings(
    @DefaultValue("4") @Min(1) @Max(64) int partitionsAtOnce,
    @DefaultValue("5") @Min(1) @Max(20) int attempts,
    @DefaultValue("1s") Duration backoff,
    @DefaultValue("30s") Duration backoffLimit,
    @DefaultValue("24h") Duration censusEvery,
    @DefaultValue("30m") Duration backfillAtOnce,
    @DefaultValue("3") @Min(1) @Max(20) int backfillFailures) {}
