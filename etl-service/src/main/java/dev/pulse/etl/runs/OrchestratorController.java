package dev.pulse.etl.runs;

import dev.pulse.etl.platform.ApiTags;
import dev.pulse.etl.runs.Jobs.JobStatus;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What holds for all jobs, over REST. */
@RestController
@Tag(name = ApiTags.ORCHESTRATOR)
@RequestMapping("/api/v1/orchestrator")
class OrchestratorController {

  private final OrchestratorControls controls;
  private final Overview overview;

  OrchestratorController(OrchestratorControls controls, Overview overview) {
    this.controls = controls;
    this.overview = overview;
  }

  enum OrchestratorState {
    /** Due jobs are claimed. */
    RUNNING,
    /** Maintenance: none is. */
    PAUSED
  }

  /**
   * How things stand.
   *
   * @param reason of the pause
   * @param activated the job that all others wait for
   * @param running jobs that are going on
   * @param queue jobs that are due or wait, in the order in which they will be claimed, each with
   *     the reason why it is not going on
   */
  record OrchestratorView(
      OrchestratorState state,
      @Nullable String reason,
      Instant since,
      SettingsView settings,
      @Nullable Long activated,
      List<JobStatus> running,
      List<JobStatus> queue) {

    OrchestratorView {
      running = List.copyOf(running);
      queue = List.copyOf(queue);
    }
  }

  /**
   * What is set for all jobs.
   *
   * @param version to be sent back with a change: somebody else's change meanwhile is then noticed
   */
  record SettingsView(
      int maxActive,
      long intervalSeconds,
      long retryAfterSeconds,
      int retries,
      int keepRunsDays,
      long version) {

    static SettingsView of(Settings settings, long version) {
      return new SettingsView(
          settings.maxActive(),
          settings.interval().toSeconds(),
          settings.retryAfter().toSeconds(),
          settings.retries(),
          settings.keepRunsDays(),
          version);
    }
  }

  /**
   * A change of what is set for all jobs; what is left out stays as it is.
   *
   * @param maxActive how many runs go on at once in the whole cluster; 1 = strictly one by one
   * @param intervalSeconds how often a job is due that has no schedule of its own
   * @param retryAfterSeconds how soon a failed job is tried again
   * @param retries how often in a row it is tried that soon
   * @param keepRunsDays how long what is known of ended runs is kept
   * @param version as last seen; null = whatever it is now
   */
  record SettingsInput(
      @Nullable @Min(1) @Max(100) Integer maxActive,
      @Nullable @Min(60) @Max(86_400) Long intervalSeconds,
      @Nullable @Min(1) @Max(86_400) Long retryAfterSeconds,
      @Nullable @Min(0) @Max(20) Integer retries,
      @Nullable @Min(1) @Max(3_650) Integer keepRunsDays,
      @Nullable Long version,
      @Nullable @Size(max = 500) String reason) {

    Settings appliedTo(Settings now) {
      return new Settings(
          maxActive == null ? now.maxActive() : maxActive,
          intervalSeconds == null ? now.interval() : Duration.ofSeconds(intervalSeconds),
          retryAfterSeconds == null ? now.retryAfter() : Duration.ofSeconds(retryAfterSeconds),
          retries == null ? now.retries() : retries,
          keepRunsDays == null ? now.keepRunsDays() : keepRunsDays);
    }
  }

  @Operation(summary = "What runs, what waits for what, and what is set for all jobs")
  @GetMapping
  OrchestratorView show() {
    return overview.view();
  }

  /** Maintenance: nothing is claimed, and runs that are going on hold, unless they may finish. */
  @Operation(summary = "Begin maintenance: nothing new starts")
  @PostMapping("/pause")
  @ResponseStatus(HttpStatus.ACCEPTED)
  OrchestratorView pause(@Valid @RequestBody(required = false) Control control) {
    var wish = Control.orEmpty(control);
    controls.pause(wish.modeOrPage(), wish.reasonOr("Maintenance"));
    return overview.view();
  }

  /** Ends the maintenance: what was held goes on by itself. */
  @Operation(summary = "End maintenance")
  @PostMapping("/resume")
  @ResponseStatus(HttpStatus.ACCEPTED)
  OrchestratorView resume(@Valid @RequestBody(required = false) Control control) {
    controls.resume(Control.orEmpty(control).reasonOr("The maintenance has ended"));
    return overview.view();
  }

  /** Makes all jobs due that are at rest; paused ones stay so. */
  @Operation(summary = "Start all jobs that are at rest")
  @PostMapping("/start")
  @ResponseStatus(HttpStatus.ACCEPTED)
  OrchestratorView start(@Valid @RequestBody(required = false) Control control) {
    controls.start(Control.orEmpty(control).reasonOr("All started by an operator"));
    return overview.view();
  }

  /** In force on all nodes at once. */
  @Operation(summary = "Change what is set for all jobs")
  @PutMapping("/settings")
  SettingsView settings(@Valid @RequestBody SettingsInput input) {
    controls.set(input);
    return overview.view().settings();
  }
}
