package dev.pulse.etl.runs;

import dev.pulse.etl.platform.ApiTags;
import dev.pulse.etl.platform.lists.ById.Numbered;
import dev.pulse.etl.platform.lists.Keyset;
import dev.pulse.etl.platform.lists.Listed;
import dev.pulse.etl.platform.lists.Paged;
import dev.pulse.etl.runs.RunEvents.RunEvent;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Runs over REST. */
@RestController
@Tag(name = ApiTags.RUNS)
@RequestMapping("/api/v1/runs")
class RunController {

  private final Runs runs;
  private final RunEvents events;
  private final Progress progress;

  RunController(Runs runs, RunEvents events, Progress progress) {
    this.runs = runs;
    this.events = events;
    this.progress = progress;
  }

  @Operation(summary = "All runs, the latest first")
  @GetMapping
  Listed<Runs.RunView> all(@Paged(sort = "-id") Keyset<Numbered> page) {
    return runs.list(null, page);
  }

  @Operation(summary = "One run")
  @GetMapping("/{id}")
  Runs.RunView one(@PathVariable long id) {
    return runs.require(id);
  }

  /** How far it has come in each partition of each stream. */
  @Operation(summary = "How far it has come in each part of each stream")
  @GetMapping("/{id}/streams")
  Listed<PartitionProgress> streams(
      @PathVariable long id,
      @Paged(by = Progress.Sort.class, sort = "stream", limit = 200)
          Keyset<PartitionProgress> page) {
    return progress.partitions(runs.require(id), page);
  }

  /** How far it has come altogether, and in each of its streams. */
  @Operation(summary = "How far it has come altogether")
  @GetMapping("/{id}/progress")
  RunReport progress(@PathVariable long id) {
    return progress.of(List.of(runs.require(id))).getFirst();
  }

  @Operation(summary = "What happened in it, the oldest first")
  @GetMapping("/{id}/events")
  Listed<RunEvent> events(@PathVariable long id, @Paged(limit = 100) Keyset<Numbered> page) {
    runs.require(id);
    return events.of(id, page);
  }

  /** What failed in a run, and what could not be read. */
  @Operation(summary = "What failed in it, and what could not be read")
  @GetMapping("/{id}/errors")
  Listed<RunEvent> errors(@PathVariable long id, @Paged(limit = 100) Keyset<Numbered> page) {
    runs.require(id);
    return events.errors(id, page);
  }
}
