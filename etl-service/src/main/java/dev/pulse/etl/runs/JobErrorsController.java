package dev.pulse.etl.runs;

import dev.pulse.etl.platform.ApiTags;
import dev.pulse.etl.platform.lists.Keyset;
import dev.pulse.etl.platform.lists.Listed;
import dev.pulse.etl.platform.lists.Paged;
import dev.pulse.etl.runs.JobErrors.ErrorKind;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What went wrong with a job, over REST. */
@RestController
@Tag(name = ApiTags.JOBS)
@RequestMapping("/api/v1/jobs/{id}/errors")
class JobErrorsController {

  private final Jobs jobs;
  private final JobErrors errors;

  JobErrorsController(Jobs jobs, JobErrors errors) {
    this.jobs = jobs;
    this.errors = errors;
  }

  /** By kind, across all its runs; single errors of a run are in {@code runs/ID/errors}. */
  @Operation(summary = "What went wrong with it, by kind")
  @GetMapping
  Listed<ErrorKind> byKind(
      @PathVariable long id,
      @Paged(by = JobErrors.Sort.class, sort = "-lastSeen") Keyset<ErrorKind> page) {
    jobs.require(id);
    return page.of(errors.of(id));
  }
}
