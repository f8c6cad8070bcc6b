package dev.pulse.etl.runs;

import dev.pulse.etl.ingest.Rewinds;
import dev.pulse.etl.ingest.StorableText;
import dev.pulse.etl.platform.ApiTags;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How far a job has read, and reading again, over REST. */
@RestController
@Tag(name = ApiTags.READING_AGAIN)
@RequestMapping("/api/v1/jobs")
class CheckpointController {

  private final CheckpointControls controls;

  CheckpointController(CheckpointControls controls) {
    this.controls = controls;
  }

  /**
   * From when to read again.
   *
   * @param to what changed at or after it is read again
   * @param stream by name; all if left out
   * @param partition id or name of a project or repository; all if left out
   * @param reason kept in the history
   */
  record RewindRequest(
      @NotNull Instant to,
      @Nullable @Size(max = 100) String stream,
      @Nullable @Size(max = 500) String partition,
      @NotBlank @Size(max = 500) String reason) {}

  /**
   * What comes of it.
   *
   * @param streams how many streams read again
   * @param partitions how many of their partitions do
   * @param consequence the same for people
   * @param kept streams, or parts of them, that go on as before, and what they read instead
   */
  record Rewinding(
      Instant to,
      long streams,
      long partitions,
      String consequence,
      List<Rewinds.Rewound> rewound,
      List<Rewinds.Kept> kept) {}

  /** Streams read again from a time, at the next run. Rows stay; nothing is stored twice. */
  @Operation(summary = "Read streams again from a time, at the next run")
  @PostMapping("/{id}/checkpoints/rewind")
  Rewinding rewind(@PathVariable long id, @Valid @RequestBody RewindRequest wish) {
    var wanted = new Rewinds.Wanted(wish.to, wish.stream, wish.partition);
    var outcome = controls.rewind(id, wanted, StorableText.of(wish.reason.strip()));
    var rewound = outcome.rewound();
    long streams = rewound.stream().map(Rewinds.Rewound::stream).distinct().count();
    return new Rewinding(
        wish.to,
        streams,
        rewound.size(),
        consequence(wish.to, streams, rewound),
        rewound,
        outcome.kept());
  }

  private static String consequence(Instant to, long streams, List<Rewinds.Rewound> rewound) {
    if (rewound.isEmpty()) return "Nothing of it has been read so far: the next run reads all.";
    long whole = rewound.stream().filter(each -> each.from() == null).count();
    return "The next run reads %d streams again, in %d parts: %d from %s or before, %d from their beginning. All rows stay."
        .formatted(streams, rewound.size(), rewound.size() - whole, to, whole);
  }
}
