package dev.pulse.backend.audit;

import dev.pulse.backend.platform.ApiTags;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What people did to accounts, over REST. */
@RestController
@Tag(name = ApiTags.AUDIT)
@RequestMapping("/api/audit")
class AuditController {

  private final Audit audit;

  AuditController(Audit audit) {
    this.audit = audit;
  }

  /** A page, the latest first; {@code next} is the cursor of the page after, null at the end. */
  record AuditEvents(List<Audit.AuditEvent> items, @Nullable String next) {}

  @Operation(summary = "Who did what to accounts, the latest first")
  @GetMapping
  AuditEvents list(
      @RequestParam(defaultValue = "9223372036854775807") @Min(0) long cursor,
      @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit) {
    var found = audit.list(cursor, limit);
    return new AuditEvents(
        found, found.size() < limit ? null : Long.toString(found.getLast().id()));
  }
}
