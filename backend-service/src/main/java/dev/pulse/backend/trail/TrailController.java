package dev.pulse.backend.trail;

import dev.pulse.backend.access.Caller;
import dev.pulse.backend.access.CurrentCaller;
import dev.pulse.backend.platform.ApiTags;
import dev.pulse.backend.platform.Problem;
import dev.pulse.backend.trail.Trail.MissingSource;
import dev.pulse.backend.trail.Trail.TrailEvent;
import dev.pulse.model.AuditFilter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What people did to Pulse, over REST. */
@RestController
@Tag(name = ApiTags.AUDIT)
@RequestMapping("/api")
class TrailController {

  private static final String TEXT = "[^\\p{Cntrl}]*";

  private final Trail trail;
  private final TrailExport export;

  TrailController(Trail trail, TrailExport export) {
    this.trail = trail;
    this.export = export;
  }

  /**
   * A page, the latest first.
   *
   * @param next the cursor of the page after, null at the end
   * @param missing services whose events are not in it; empty = it is whole
   */
  record AuditTrail(List<TrailEvent> items, @Nullable String next, List<MissingSource> missing) {}

  /**
   * What was done, as both services have written it down, the latest first.
   *
   * @param actor such as user:7, what programs did for that user included
   * @param action such as job.start, or job for all that is done to jobs
   * @param target such as job:7, or job for all jobs
   * @param from the earliest
   * @param to only what is earlier
   * @param source backend-service or etl-service; both if it is left out
   */
  @Operation(summary = "Who did what, in both services, the latest first")
  @GetMapping("/audit")
  AuditTrail list(
      @CurrentCaller Caller caller,
      @RequestParam(required = false) @Nullable @Size(max = 200) @Pattern(regexp = TEXT)
          String actor,
      @RequestParam(required = false) @Nullable @Size(max = 200) @Pattern(regexp = TEXT)
          String action,
      @RequestParam(required = false) @Nullable @Size(max = 500) @Pattern(regexp = TEXT)
          String target,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      @RequestParam(required = false) @Nullable String source,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit) {
    var wanted = new AuditFilter(actor, action, target, from, to);
    var page = trail.read(caller, wanted, sources(source), position(cursor), limit);
    var next = page.next();
    return new AuditTrail(
        page.items(),
        next == null ? null : next.toString(),
        page.missing().stream().map(MissingSource::of).toList());
  }

  /** All that was done and fits, as a table for spreadsheets; whole, or refused. */
  @Operation(summary = "The same as a table for spreadsheets")
  @GetMapping("/audit.csv")
  @ApiResponse(
      responseCode = "200",
      description = "the table",
      content = @Content(mediaType = "text/csv", schema = @Schema(type = "string")))
  void csv(
      @CurrentCaller Caller caller,
      @RequestParam(required = false) @Nullable @Size(max = 200) @Pattern(regexp = TEXT)
          String actor,
      @RequestParam(required = false) @Nullable @Size(max = 200) @Pattern(regexp = TEXT)
          String action,
      @RequestParam(required = false) @Nullable @Size(max = 500) @Pattern(regexp = TEXT)
          String target,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      @RequestParam(required = false) @Nullable String source,
      HttpServletResponse response)
      throws IOException {
    var wanted = new AuditFilter(actor, action, target, from, to);
    export.write(caller, wanted, sources(source), response);
  }

  private static Set<Source> sources(@Nullable String source) {
    if (source == null) return EnumSet.allOf(Source.class);
    return Source.find(source)
        .map(EnumSet::of)
        .orElseThrow(
            () ->
                Problem.invalid(
                    "source",
                    "is none of " + Arrays.stream(Source.values()).map(Source::service).toList()));
  }

  private static TrailPosition position(@Nullable String cursor) {
    if (cursor == null) return TrailPosition.LATEST;
    return TrailPosition.parse(cursor)
        .orElseThrow(() -> Problem.invalid("cursor", "is none that a page has named"));
  }
}
