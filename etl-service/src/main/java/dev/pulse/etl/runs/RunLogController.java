package dev.pulse.etl.runs;

import dev.pulse.etl.platform.ApiTags;
import dev.pulse.etl.platform.lists.ById.Numbered;
import dev.pulse.etl.platform.lists.Keyset;
import dev.pulse.etl.platform.lists.Listed;
import dev.pulse.etl.platform.lists.Paged;
import dev.pulse.etl.runs.RunLogLines.Logged;
import dev.pulse.etl.runs.RunLogLines.Wanted;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was logged of a run, over REST. */
@RestController
@Tag(name = ApiTags.RUNS)
@RequestMapping("/api/v1/runs/{id}/log")
class RunLogController {

  private final Runs runs;
  private final RunLogLines lines;

  RunLogController(Runs runs, RunLogLines lines) {
    this.runs = runs;
    this.lines = lines;
  }

  /** Of all nodes that worked on it, the oldest first: lines of {@code level} and graver. */
  @Operation(summary = "What was logged of it, on all nodes")
  @GetMapping
  Listed<Logged> log(
      @PathVariable long id,
      @RequestParam(defaultValue = "INFO") Level level,
      @RequestParam(required = false) @Nullable String text,
      @RequestParam(required = false) @Nullable String stream,
      @Paged(limit = 100) Keyset<Numbered> page) {
    runs.require(id);
    return lines.of(id, new Wanted(level, text, stream), page);
  }
}
