package dev.pulse.etl.runs;

import dev.pulse.etl.ingest.StorableText;
import dev.pulse.etl.ingest.VanishedRows;
import dev.pulse.etl.platform.problem.Problem;
import dev.pulse.etl.runs.Jobs.JobStatus;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Jobs over REST. */
@RestController
@RequestMapping("/api/v1/jobs")
class JobController {

  private final Jobs jobs;
  private final Runs runs;
  private final Dispatcher dispatcher;
  private final VanishedRows vanished;

  JobController(Jobs jobs, Runs runs, Dispatcher dispatcher, VanishedRows vanished) {
    this.jobs = jobs;
    this.runs = runs;
    this.dispatcher = dispatcher;
    this.vanished = vanished;
  }

  enum StopMode {
    /** Lets the page under way end, and be stored. */
    page,
    /** Interrupts it: it is read again by the next run. */
    now
  }

  /**
   * An operator's wish.
   *
   * @param mode page if left out
   * @param reason kept in the run's history
   */
  record Control(
      @Nullable StopMode mode, @Nullable Boolean force, @Nullable @Size(max = 500) String reason) {

    String reasonOr(String standard) {
      return reason == null || reason.isBlank() ? standard : StorableText.of(reason.strip());
    }
  }

  @GetMapping("/status")
  List<JobStatus> status() {
    return jobs.all();
  }

  @GetMapping
  Listed<JobStatus> all() {
    return new Listed<>(jobs.all(), null);
  }

  @GetMapping("/{id}")
  JobStatus one(@PathVariable long id) {
    return jobs.require(id);
  }

  @PostMapping("/{id}/start")
  @ResponseStatus(HttpStatus.ACCEPTED)
  JobStatus start(@PathVariable long id, @Valid @RequestBody(required = false) Control control) {
    jobs.start(id);
    dispatcher.nudge();
    return jobs.require(id);
  }

  @PostMapping("/{id}/stop")
  @ResponseStatus(HttpStatus.ACCEPTED)
  JobStatus stop(@PathVariable long id, @Valid @RequestBody(required = false) Control control) {
    var job = jobs.require(id);
    var wish = control == null ? new Control(null, null, null) : control;
    var reason = wish.reasonOr("stopped by an operator");
    switch (job.state()) {
      case PENDING -> {
        if (!jobs.stopIdle(id, reason)) stopRun(id, wish, reason);
      }
      case RUNNING -> stopRun(id, wish, reason);
      case NOT_STARTED, FINISHED, FAILED, PAUSED ->
          throw Problem.conflict(
              "NOT_RUNNING",
              "Nothing is going on",
              "Job %d is %s.".formatted(id, job.state()),
              "Start it first.");
    }
    return jobs.require(id);
  }

  private void stopRun(long id, Control wish, String reason) {
    jobs.runningRun(id).ifPresent(run -> runs.stop(run, reason, wish.mode() == StopMode.now));
  }

  @GetMapping("/{id}/runs")
  Listed<Runs.RunView> runs(
      @PathVariable long id,
      @RequestParam(defaultValue = "9223372036854775807") @Min(0) long cursor,
      @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit) {
    jobs.require(id);
    return runs.list(id, cursor, limit);
  }

  @GetMapping("/{id}/checkpoints")
  Listed<Runs.CheckpointView> checkpoints(@PathVariable long id) {
    jobs.require(id);
    return new Listed<>(runs.checkpoints(id), null);
  }

  /** Rows that vanished with so many others that an operator must say whether it is true. */
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
  @PostMapping("/{id}/vanished/approve")
  Decided approve(@PathVariable long id, @Valid @RequestBody(required = false) Control control) {
    jobs.require(id);
    return new Decided(
        vanished.approve(id, control == null ? "approved" : control.reasonOr("approved")));
  }

  /** It is not true: the rows stay, and the next census looks again. */
  @PostMapping("/{id}/vanished/reject")
  Decided reject(@PathVariable long id, @Valid @RequestBody(required = false) Control control) {
    jobs.require(id);
    return new Decided(vanished.reject(id));
  }

  /** How many rows a decision was about. */
  record Decided(int rows) {}

  @GetMapping("/{id}/coverage")
  Listed<Runs.CoverageView> coverage(@PathVariable long id) {
    jobs.require(id);
    return new Listed<>(runs.coverage(id), null);
  }
}
