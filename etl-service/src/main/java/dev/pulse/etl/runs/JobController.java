package dev.pulse.etl.runs;

import dev.pulse.etl.platform.ApiTags;
import dev.pulse.etl.platform.lists.ById.Numbered;
import dev.pulse.etl.platform.lists.Keyset;
import dev.pulse.etl.platform.lists.Listed;
import dev.pulse.etl.platform.lists.Paged;
import dev.pulse.etl.runs.CheckpointViews.CheckpointView;
import dev.pulse.etl.runs.Consequences.Steered;
import dev.pulse.etl.runs.Covered.CoverageView;
import dev.pulse.etl.runs.Covered.ElementView;
import dev.pulse.etl.runs.Jobs.JobStatus;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Jobs over REST. */
@RestController
@Tag(name = ApiTags.JOBS)
@RequestMapping("/api/v1/jobs")
class JobController {

  private final Jobs jobs;
  private final Runs runs;
  private final CheckpointViews checkpoints;
  private final Covered covered;
  private final JobControls controls;
  private final Consequences consequences;

  JobController(
      Jobs jobs,
      Runs runs,
      CheckpointViews checkpoints,
      Covered covered,
      JobControls controls,
      Consequences consequences) {
    this.jobs = jobs;
    this.runs = runs;
    this.checkpoints = checkpoints;
    this.covered = covered;
    this.controls = controls;
    this.consequences = consequences;
  }

  @Operation(summary = "How every job stands, as a plain array")
  @GetMapping("/status")
  List<JobStatus> status() {
    return jobs.all();
  }

  @Operation(summary = "How every job stands")
  @GetMapping
  Listed<JobStatus> all(@Paged(by = Jobs.Sort.class, limit = 200) Keyset<JobStatus> page) {
    return page.of(jobs.all());
  }

  @Operation(summary = "How one job stands, and why it waits")
  @GetMapping("/{id}")
  JobStatus one(@PathVariable long id) {
    return jobs.require(id);
  }

  /** Makes it due now; with {@code force} it goes before all that are not forced. */
  @Operation(summary = "Start a job now")
  @PostMapping("/{id}/start")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Steered start(@PathVariable long id, @Valid @RequestBody(required = false) Control control) {
    var wish = Control.orEmpty(control);
    controls.start(id, wish.forced(), wish.reasonOr("Started by an operator"));
    return consequences.of(id);
  }

  /** Ends its run after this page or now, or takes back that it is due; checkpoints are kept. */
  @Operation(summary = "End its run after this page or at once")
  @PostMapping("/{id}/stop")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Steered stop(@PathVariable long id, @Valid @RequestBody(required = false) Control control) {
    var wish = Control.orEmpty(control);
    controls.stop(id, wish.pageOrNow(), wish.reasonOr("stopped by an operator"));
    return consequences.of(id);
  }

  /** Lets nothing of it go on until it is resumed, in the middle of a run too. */
  @Operation(summary = "Let nothing of it go on until it is resumed")
  @PostMapping("/{id}/pause")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Steered pause(@PathVariable long id, @Valid @RequestBody(required = false) Control control) {
    var wish = Control.orEmpty(control);
    controls.pause(id, wish.pageOrNow(), wish.reasonOr("Paused by an operator"));
    return consequences.of(id);
  }

  /** Ends a pause; a run that was paused goes on as the same run. */
  @Operation(summary = "End its pause")
  @PostMapping("/{id}/resume")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Steered resume(@PathVariable long id, @Valid @RequestBody(required = false) Control control) {
    controls.resume(id, Control.orEmpty(control).reasonOr("Resumed by an operator"));
    return consequences.of(id);
  }

  /** Makes it the next, and all others wait until it has ended. */
  @Operation(summary = "Make it the next, and let all others wait")
  @PostMapping("/{id}/activate")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Steered activate(@PathVariable long id, @Valid @RequestBody(required = false) Control control) {
    var wish = Control.orEmpty(control);
    controls.activate(id, wish.modeOrPage(), wish.reasonOr("Activated by an operator"));
    return consequences.of(id);
  }

  @Operation(summary = "Its runs, the latest first")
  @GetMapping("/{id}/runs")
  Listed<Runs.RunView> runs(@PathVariable long id, @Paged(sort = "-id") Keyset<Numbered> page) {
    jobs.require(id);
    return runs.list(id, page);
  }

  @Operation(summary = "How far each of its streams has read")
  @GetMapping("/{id}/checkpoints")
  Listed<CheckpointView> checkpoints(
      @PathVariable long id,
      @Paged(by = CheckpointViews.Sort.class, sort = "stream", limit = 200)
          Keyset<CheckpointView> page) {
    jobs.require(id);
    return checkpoints.of(id, page);
  }

  /** What of its source is read, what cannot be, why, and since when. */
  @Operation(summary = "What of its source is read, what cannot be, and why")
  @GetMapping("/{id}/coverage")
  CoverageView coverage(
      @PathVariable long id,
      @Paged(by = Covered.Sort.class, sort = "name", limit = 200) Keyset<ElementView> page) {
    jobs.require(id);
    return covered.of(id, page);
  }
}
