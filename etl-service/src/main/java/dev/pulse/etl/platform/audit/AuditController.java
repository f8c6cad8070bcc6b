package dev.pulse.etl.platform.audit;

import dev.pulse.etl.platform.ApiTags;
import dev.pulse.etl.platform.lists.ById.Numbered;
import dev.pulse.etl.platform.lists.Keyset;
import dev.pulse.etl.platform.lists.Listed;
import dev.pulse.etl.platform.lists.Paged;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What people did, over REST. */
@RestController
@Tag(name = ApiTags.AUDIT)
@RequestMapping("/api/v1/audit")
class AuditController {

  private final Audit audit;

  AuditController(Audit audit) {
    this.audit = audit;
  }

  @Operation(summary = "Who changed what, the latest first")
  @GetMapping
  Listed<Audit.AuditEvent> list(@Paged(sort = "-id") Keyset<Numbered> page) {
    return audit.list(page);
  }
}
