package dev.pulse.etl.runs;

import dev.pulse.etl.connections.Connections;
import dev.pulse.etl.connectors.InvalidSetting;
import dev.pulse.etl.ingest.Quarantine;
import dev.pulse.etl.ingest.QuarantineRetry;
import dev.pulse.etl.platform.ApiTags;
import dev.pulse.etl.platform.audit.Audit;
import dev.pulse.etl.platform.audit.Audit.Target;
import dev.pulse.etl.platform.lists.Keyset;
import dev.pulse.etl.platform.lists.Listed;
import dev.pulse.etl.platform.lists.Paged;
import dev.pulse.etl.platform.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Records that could not be read, over REST. */
@RestController
@Tag(name = ApiTags.QUARANTINE)
@RequestMapping("/api/v1/quarantine")
class QuarantineController {

  private final Quarantine quarantine;
  private final QuarantineRetry retry;
  private final Connections connections;
  private final Audit audit;

  QuarantineController(
      Quarantine quarantine, QuarantineRetry retry, Connections connections, Audit audit) {
    this.audit = audit;
    this.quarantine = quarantine;
    this.retry = retry;
    this.connections = connections;
  }

  /** An entry with the record as the source sent it. */
  record Detail(Quarantine.Entry entry, String raw) {}

  @Operation(summary = "Records that could not be read")
  @GetMapping
  Listed<Quarantine.Entry> all(
      @RequestParam(required = false) @Nullable Long connection,
      @Paged(by = Quarantine.Sort.class) Keyset<Quarantine.Entry> page) {
    return quarantine.list(connection, page);
  }

  @Operation(summary = "One of them, as the source sent it")
  @GetMapping("/{id}")
  Detail one(@PathVariable long id) {
    var kept = require(id);
    return new Detail(kept.entry(), kept.raw());
  }

  /** Reads the kept record again; 204 when it is stored, 409 when it still cannot be read. */
  @Operation(summary = "Read it again")
  @PostMapping("/{id}/retry")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void retry(@PathVariable long id, @Valid @RequestBody(required = false) Control control) {
    var reason = Control.orEmpty(control).reason();
    var kept = require(id);
    try {
      var opened = connections.open(kept.entry().connectionId());
      try (var source = opened.source()) {
        retry
            .retry(
                kept, source, opened.settings().scope(), also -> record(also, kept.entry(), reason))
            .ifPresent(
                why -> {
                  throw refused("The record %d cannot be read: %s.".formatted(id, why));
                });
      }
    } catch (InvalidSetting e) {
      throw refused("Its connection does not work: " + e.getMessage() + ".");
    }
  }

  private void record(JdbcClient in, Quarantine.Entry entry, @Nullable String reason) {
    var target = Target.of("quarantined record", entry.id());
    audit.record(in, "quarantine.retry", target, reason, entry, null);
  }

  private static Problem refused(String detail) {
    return Problem.conflict(
        "STILL_UNREADABLE",
        "The record still cannot be read",
        detail,
        "Leave it: it leaves the quarantine when the source sends it in a form that can be read.");
  }

  private Quarantine.Kept require(long id) {
    return quarantine.find(id).orElseThrow(() -> Problem.notFound("quarantined record", id));
  }
}
