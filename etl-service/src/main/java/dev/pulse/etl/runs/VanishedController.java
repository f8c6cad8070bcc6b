package dev.pulse.etl.runs;

import dev.pulse.etl.ingest.VanishedRows;
import dev.pulse.etl.platform.audit.Audit;
import dev.pulse.etl.platform.audit.Audit.Target;
import dev.pulse.etl.platform.lists.ById.Numbered;
import dev.pulse.etl.platform.lists.Keyset;
import dev.pulse.etl.platform.lists.Listed;
import dev.pulse.etl.platform.lists.Paged;
import jakarta.validation.Valid;
import java.util.function.IntSupplier;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Rows that vanished in numbers, over REST. */
@RestController
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
  @GetMapping("/{id}/vanished")
  Listed<VanishedRows.Vanished> vanished(
      @PathVariable long id, @Paged(limit = 100) Keyset<Numbered> page) {
    jobs.require(id);
    return vanished.list(id, page);
  }

  /** It is true: the next run marks them gone, each unless the source shows it again by then. */
  @PostMapping("/{id}/vanished/approve")
  Decided approve(@PathVariable long id, @Valid @RequestBody(required = false) Control control) {
    var reason = Control.orEmpty(control).reasonOr("approved");
    return decided("vanished.approve", id, reason, () -> vanished.approve(id, reason));
  }

  /** It is not true: the rows stay, and the next census looks again. */
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
