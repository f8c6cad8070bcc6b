package dev.pulse.etl.runs;

import dev.pulse.etl.platform.ApiTags;
import dev.pulse.etl.runs.RunEvents.RunEvent;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
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
  Listed<Runs.RunView> all(
      @RequestParam(defaultValue = "9223372036854775807") @Min(0) long cursor,
      @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit) {
    return runs.list(null, cursor, limit);
  }

  @Operation(summary = "One run")
  @GetMapping("/{id}")
  Runs.RunView one(@PathVariable long id) {
    return runs.require(id);
  }

  /** How far it has come in each partition of each stream. */
  @Operation(summary = "How far it has come in each part of each stream")
  @GetMapping("/{id}/streams")
  Listed<PartitionProgress> streams(@PathVariable long id) {
    return new Listed<>(progress.partitions(runs.require(id)), null);
  }

  /** How far it has come altogether, and in each of its streams. */
  @Operation(summary = "How far it has come altogether")
  @GetMapping("/{id}/progress")
  RunReport progress(@PathVariable long id) {
    return progress.of(List.of(runs.require(id))).getFirst();
  }

  @Operation(summary = "What happened in it, the oldest first")
  @GetMapping("/{id}/events")
  Listed<RunEvent> events(
      @PathVariable long id,
      @RequestParam(defaultValue = "0") @Min(0) long cursor,
      @RequestParam(defaultValue = "100") @Min(1) @Max(200) int limit) {
    runs.require(id);
    return page(events.of(id, cursor, limit), limit);
  }

  /** What failed in a run, and what could not be read. */
  @Operation(summary = "What failed in it, and what could not be read")
  @GetMapping("/{id}/errors")
  Listed<RunEvent> errors(
      @PathVariable long id,
      @RequestParam(defaultValue = "0") @Min(0) long cursor,
      @RequestParam(defaultValue = "100") @Min(1) @Max(200) int limit) {
    runs.require(id);
    return page(events.errors(id, cursor, limit), limit);
  }

  private static Listed<RunEvent> page(List<RunEvent> found, int limit) {
    return new Listed<>(found, found.size() < limit ? null : Long.toString(found.getLast().id()));
  }
}
