package dev.pulse.etl.platform.audit;

import dev.pulse.etl.platform.ApiTags;
import dev.pulse.etl.platform.problem.Problem;
import dev.pulse.model.AuditEvent;
import dev.pulse.model.AuditFilter;
import dev.pulse.model.AuditPosition;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What people did, over REST. */
@RestController
@Tag(name = ApiTags.AUDIT)
@RequestMapping("/api/v1/audit")
class AuditController {

  private static final String TEXT = "[^\\p{Cntrl}]*";

  private final Audit audit;

  AuditController(Audit audit) {
    this.audit = audit;
  }

  /** A page, the latest first; {@code next} is the cursor of the page after, null at the end. */
  record AuditEvents(List<AuditEvent> items, @Nullable String next) {}

  /**
   * Those that are wanted, the latest first.
   *
   * @param actor such as user:7, what programs did for that user included
   * @param action such as job.start, or job for all that is done to jobs
   * @param target such as job:7, or job for all jobs
   * @param from the earliest
   * @param to only what is earlier
   */
  @Operation(summary = "Who changed what, the latest first")
  @GetMapping
  AuditEvents list(
      @RequestParam(required = false) @Nullable @Size(max = 200) @Pattern(regexp = TEXT)
          String actor,
      @RequestParam(required = false) @Nullable @Size(max = 200) @Pattern(regexp = TEXT)
          String action,
      @RequestParam(required = false) @Nullable @Size(max = 500) @Pattern(regexp = TEXT)
          String target,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit) {
    var found =
        audit.list(new AuditFilter(actor, action, target, from, to), position(cursor), limit);
    return new AuditEvents(found, found.size() < limit ? null : next(found.getLast()));
  }

  private static AuditPosition position(@Nullable String cursor) {
    if (cursor == null) return AuditPosition.LATEST;
    return AuditPosition.parse(cursor)
        .orElseThrow(
            () ->
                Problem.invalid(
                    "cursor", "is none that a page has named", "Begin again without a cursor."));
  }

  private static String next(AuditEvent last) {
    return new AuditPosition(last.at(), last.id()).toString();
  }
}
