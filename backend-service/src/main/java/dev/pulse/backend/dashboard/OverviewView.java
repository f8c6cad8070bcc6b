package dev.pulse.backend.dashboard;

import dev.pulse.backend.platform.ProblemSummary;
import dev.pulse.model.Attention;
import dev.pulse.model.Attention.Severity;
import dev.pulse.model.JobState;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How everything stands, at one glance.
 *
 * @param jobs null = it is in {@code incomplete}
 * @param freshness null = it is in {@code incomplete}
 * @param attention of etl-service nothing if it is in {@code incomplete} without a time
 * @param incomplete what is missing, or older than it should be; empty = this is all
 */
record OverviewView(
    @Nullable JobsPart jobs,
    @Nullable FreshnessPart freshness,
    AttentionPart attention,
    List<Incomplete> incomplete) {

  OverviewView {
    incomplete = List.copyOf(incomplete);
  }

  /**
   * The jobs, as {@code /api/etl/jobs} lists them.
   *
   * @param counts how many are in which state
   */
  record JobsPart(
      Instant asOf,
      Map<JobState, Integer> counts,
      @ArraySchema(schema = @Schema(ref = "#/components/schemas/JobStatus")) JsonNode items) {}

  /**
   * How fresh the data is, as {@code /api/etl/freshness} lists it.
   *
   * @param oldest when the first of all connections has last succeeded; null = one has not yet, or
   *     there is none
   * @param late how many connections are late
   */
  record FreshnessPart(
      Instant asOf,
      @Nullable Instant oldest,
      int late,
      @ArraySchema(schema = @Schema(ref = "#/components/schemas/ConnectionFreshness"))
          JsonNode items) {}

  /**
   * What needs a person, the most urgent first: that of {@code /api/etl/attention}, and the
   * caller's own script tokens that expire.
   *
   * @param counts how many are how urgent
   */
  record AttentionPart(Instant asOf, Map<Severity, Integer> counts, List<Attention> items) {
    AttentionPart {
      items = List.copyOf(items);
    }
  }

  /**
   * A part that could not be read.
   *
   * @param part jobs, freshness or attention
   * @param asOf when it was read that is shown instead; null = nothing is
   */
  record Incomplete(String part, @Nullable Instant asOf, ProblemSummary problem) {}
}
