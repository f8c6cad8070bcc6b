package dev.pulse.etl.runs;

import dev.pulse.etl.ingest.VanishedRows;
import dev.pulse.etl.platform.ApiTags;
import dev.pulse.etl.platform.audit.Audit;
import dev.pulse.etl.platform.audit.Audit.Target;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.function.IntSupplier;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Rows that vanished in numbers, over REST. */
@RestController
@Tag(name = ApiTags.VANISHED)
@RequestMapping("/api/v1/jobs")
class VanishedController {

  private final Jobs jobs;
  private final VanishedRows vanished;
  private final Audit audit;
  private final TransactionTemplate transaction;

  VanishedController(
      Jobs jobs, VanishedRows vanished, Audit audit, TransactionTemplate transaction) {
    this.jobs = jobs;
    this.vanished = vanished;
    this.audit = audit;
    this.transaction = transaction;
  }

  /** Rows that vanished with so many others that an operator must say whether it is true. */
  @Operation(summary = "Records that vanished in numbers and wait for a decision")
  @GetMapping("/{id}/vanished")
  Listed<VanishedRows.Vanished> vanished(
      @PathVariable long id,
      @RequestParam(defaultValue = "0") @Min(0) long cursor,
      @RequestParam(defaultValue = "100") @Min(1) @Max(200) int limit) {
    jobs.require(id);
    var found = vanished.list(id, cursor, limit);
    return new Listed<>(found, found.size() < limit ? null : Long.toString(found.getLast().id()));
  }

  /** It is true: the next run marks them gone, each unless the source shows it again by then. */
  @Operation(summary = "It is true: mark them as gone")
  @PostMapping("/{id}/vanished/approve")
  Decided approve(@PathVariable long id, @Valid @RequestBody(required = false) Control control) {
    var reason = Control.orEmpty(control).reasonOr("approved");
    return decided("vanished.approve", id, reason, () -> vanished.approve(id, reason));
  }

  /** It is not true: the rows stay, and the next census looks again. */
  @Operation(summary = "It is not true: keep them")
  @PostMapping("/{id}/vanished/reject")
  Decided reject(@PathVariable long id, @Valid @RequestBody(required = false) Control control) {
    var reason = Control.orEmpty(control).reasonOr("rejected");
    return decided("vanished.reject", id, reason, () -> vanished.reject(id));
  }

  /** How many rows a decision was about. */
  record Decided(int rows) {}

  private Decided decided(String action, long job, String reason, IntSupplier decision) {
    jobs.require(job);
    return transaction.execute(
        status -> {
          var decided = new Decided(decision.getAsInt());
          audit.record(action, Target.of("job", job), reason, null, decided);
          return decided;
        });
  }
}
