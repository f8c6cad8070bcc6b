package dev.pulse.etl.runs;

import dev.pulse.etl.ingest.Backfills;
import dev.pulse.etl.ingest.Backfills.Backfill;
import dev.pulse.etl.ingest.StorableText;
import dev.pulse.etl.platform.ApiTags;
import dev.pulse.etl.platform.lists.ById.Numbered;
import dev.pulse.etl.platform.lists.Keyset;
import dev.pulse.etl.platform.lists.Listed;
import dev.pulse.etl.platform.lists.Paged;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Reading again beside the ordinary reading, over REST. */
@RestController
@Tag(name = ApiTags.READING_AGAIN)
@RequestMapping("/api/v1/jobs")
class BackfillController {

  private final CheckpointControls controls;
  private final Backfills backfills;
  private final Jobs jobs;

  BackfillController(CheckpointControls controls, Backfills backfills, Jobs jobs) {
    this.controls = controls;
    this.backfills = backfills;
    this.jobs = jobs;
  }

  /**
   * What to read again.
   *
   * @param stream by name; all if left out
   * @param partition id or name of a project or repository; all if left out
   * @param from what changed at or after it
   * @param to what changed later need not be read; up to now if left out
   * @param reason kept in the history
   */
  record BackfillRequest(
      @Nullable @Size(max = 100) String stream,
      @Nullable @Size(max = 500) String partition,
      @NotNull Instant from,
      @Nullable Instant to,
      @NotBlank @Size(max = 500) String reason) {}

  /** The next run reads it, when the ordinary reading has ended; watermarks do not move. */
  @Operation(summary = "Read a span of time again beside the ordinary reading")
  @PostMapping("/{id}/backfill")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Backfill backfill(@PathVariable long id, @Valid @RequestBody BackfillRequest wish) {
    var wanted = new Backfills.Wanted(wish.stream, wish.partition, wish.from, wish.to);
    return controls.backfill(id, wanted, StorableText.of(wish.reason.strip()));
  }

  /** The latest first. */
  @Operation(summary = "Backfills of a job, the latest first")
  @GetMapping("/{id}/backfills")
  Listed<Backfill> backfills(@PathVariable long id, @Paged(sort = "-id") Keyset<Numbered> page) {
    jobs.require(id);
    return backfills.list(id, page);
  }

  /** Ends it; what it has read stays. */
  @Operation(summary = "End a backfill; what it has read stays")
  @DeleteMapping("/{id}/backfills/{backfill}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void cancel(
      @PathVariable long id,
      @PathVariable long backfill,
      @RequestParam(required = false) @Nullable @Size(max = 500) String reason) {
    controls.cancel(id, backfill, reason);
  }
}
