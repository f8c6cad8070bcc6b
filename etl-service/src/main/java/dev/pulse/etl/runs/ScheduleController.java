package dev.pulse.etl.runs;

import dev.pulse.etl.platform.ApiTags;
import dev.pulse.etl.runs.Schedule.Misfire;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.quartz.SchedulerException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** When jobs are due, over REST. */
@RestController
@Tag(name = ApiTags.JOBS)
@RequestMapping("/api/v1/jobs/{id}/schedule")
class ScheduleController {

  private final Schedules schedules;
  private final Jobs jobs;

  ScheduleController(Schedules schedules, Jobs jobs) {
    this.schedules = schedules;
    this.jobs = jobs;
  }

  /**
   * When a job shall be due; all left out = as often as all jobs.
   *
   * @param intervalSeconds every so many seconds
   * @param cron or at times of the calendar: second, minute, hour, day of month, month, day of week
   * @param zone by the clocks of which place, such as Europe/Berlin; UTC if left out
   * @param misfire what becomes of times at which no node was there; once if left out
   */
  record ScheduleInput(
      @Nullable @Min(60) @Max(86_400) Long intervalSeconds,
      @Nullable @Size(max = 120) String cron,
      @Nullable @Size(max = 60) String zone,
      @Nullable Misfire misfire,
      @Nullable @Size(max = 500) String reason) {

    Schedules.Chosen chosen() {
      return new Schedules.Chosen(intervalSeconds, cron, zone, misfire);
    }
  }

  @Operation(summary = "When it is due")
  @GetMapping
  Schedules.ScheduleView show(@PathVariable long id) throws SchedulerException {
    return schedules.view(id);
  }

  /** Takes effect at once, on all nodes. */
  @Operation(summary = "Choose when it is due")
  @PutMapping
  Schedules.ScheduleView choose(@PathVariable long id, @Valid @RequestBody ScheduleInput input)
      throws SchedulerException {
    schedules.choose(id, input.chosen(), input.reason());
    return schedules.view(id);
  }

  /** What it would be; nothing is saved. */
  @Operation(summary = "When it would be due; nothing is saved")
  @PostMapping("/preview")
  Schedules.ScheduleView preview(@PathVariable long id, @Valid @RequestBody ScheduleInput input) {
    jobs.require(id);
    return schedules.preview(input.chosen());
  }
}
