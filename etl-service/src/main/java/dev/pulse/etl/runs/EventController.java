package dev.pulse.etl.runs;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.pulse.etl.platform.ApiTags;
import dev.pulse.etl.platform.access.Visible;
import dev.pulse.etl.platform.live.Broadcast;
import dev.pulse.etl.platform.live.Interest;
import dev.pulse.etl.platform.problem.Problem;
import dev.pulse.etl.runs.Change.BudgetChange;
import dev.pulse.etl.runs.Change.JobChange;
import dev.pulse.etl.runs.Change.RunChange;
import dev.pulse.etl.runs.Change.StreamChange;
import dev.pulse.model.signing.VisibleConnections.All;
import dev.pulse.model.signing.VisibleConnections.Only;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What happens, as it happens. */
@RestController
@Tag(name = ApiTags.LIVE)
class EventController {

  /** Ids begin at 1. */
  private static final long NO_JOB = 0;

  private final Broadcast broadcast;
  private final LiveFeed feed;

  EventController(Broadcast broadcast, LiveFeed feed) {
    this.broadcast = broadcast;
    this.feed = feed;
  }

  /**
   * A stream that ends when the client goes or this node does: first a snapshot of how all jobs
   * stand, then what changes.
   *
   * @param jobs ids with commas between them; all if it is left out
   */
  @ApiResponse(
      responseCode = "200",
      description = "Server-sent events, each named snapshot, job, run, stream or budget",
      content =
          @Content(
              mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
              schema =
                  @Schema(
                      oneOf = {
                        Picture.class,
                        JobChange.class,
                        RunChange.class,
                        StreamChange.class,
                        BudgetChange.class
                      })))
  @Operation(summary = "Listen to what happens, as server-sent events")
  @GetMapping(path = "/api/v1/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  void listen(
      @RequestParam(required = false) @Nullable String jobs,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    var wanted = interest(jobs == null ? Set.of() : ids(jobs));
    if (request.getMethod().equals("HEAD")) return; // what has no body would never end
    broadcast.join(request, response, wanted);
    feed.look();
  }

  /** What is not seen is answered like what is not there. */
  private static Interest interest(Set<Long> wanted) {
    return switch (Visible.now().connections()) {
      case All _ -> new Interest(wanted, false);
      case Only(var ids) when wanted.isEmpty() ->
          new Interest(ids.isEmpty() ? Set.of(NO_JOB) : Set.copyOf(ids), true);
      case Only(var ids) -> {
        for (var each : wanted) {
          if (!ids.contains(each)) throw Problem.notFound("job", each);
        }
        yield new Interest(wanted, true);
      }
    };
  }

  private static Set<Long> ids(String jobs) {
    try {
      return Arrays.stream(jobs.split(",", -1)).map(Long::valueOf).collect(toUnmodifiableSet());
    } catch (NumberFormatException e) {
      throw Problem.invalid(
          "jobs", "is not a list of ids", "Send numbers with commas between them, such as 1,5.");
    }
  }
}
