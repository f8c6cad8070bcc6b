package dev.pulse.etl.runs;

import dev.pulse.etl.ingest.StorableText;
import dev.pulse.etl.ingest.VanishedRows;
import dev.pulse.etl.platform.ApiTags;
import dev.pulse.etl.platform.audit.Audit;
import dev.pulse.etl.platform.audit.Audit.Target;
import dev.pulse.etl.platform.lists.ById.Numbered;
import dev.pulse.etl.platform.lists.Keyset;
import dev.pulse.etl.platform.lists.Listed;
import dev.pulse.etl.platform.lists.Paged;
import dev.pulse.etl.platform.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
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
      @PathVariable long id, @Paged(limit = 100) Keyset<Numbered> page) {
    jobs.require(id);
    return vanished.list(id, page);
  }

  /**
   * What an operator has looked at.
   *
   * @param stream the census that missed the rows
   * @param upTo the highest id among them
   * @param rows how many waited
   * @param reason kept in the history
   */
  record Approval(
      @NotBlank String stream,
      @NotNull @Min(1) Long upTo,
      @NotNull @Min(1) Integer rows,
      @Nullable @Size(max = 500) String reason) {}

  /**
   * It is true: the next run marks them gone, each unless the source shows it again by then. Only
   * those that were looked at; 409 if they are not as many any more.
   */
  @Operation(summary = "It is true: mark them as gone")
  @PostMapping("/{id}/vanished/approve")
  Decided approve(@PathVariable long id, @Valid @RequestBody Approval seen) {
    var reason = new Control(null, null, seen.reason).reasonOr("approved");
    return decided("vanished.approve", id, reason, () -> approve(id, seen, reason));
  }

  private int approve(long id, Approval seen, String reason) {
    int rows = vanished.approve(id, StorableText.of(seen.stream), seen.upTo, reason);
    if (rows == seen.rows) return rows;
    throw Problem.conflict(
        "VANISHED_CHANGED",
        "What waits is not what was looked at",
        "%d rows of %s were looked at, and %d wait now.".formatted(seen.rows, seen.stream, rows),
        "Look at the list again, and approve what it shows.");
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
