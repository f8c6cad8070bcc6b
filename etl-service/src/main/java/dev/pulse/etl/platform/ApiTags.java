package dev.pulse.etl.platform;

import io.swagger.v3.oas.models.tags.Tag;
import java.util.List;

/** What the operations are sorted by in the documentation: the words of the screen, in order. */
public final class ApiTags {

  public static final String CONNECTIONS = "Connections";
  public static final String JOBS = "Jobs";
  public static final String RUNS = "Runs";
  public static final String ATTENTION = "Attention and freshness";
  public static final String ORCHESTRATOR = "Orchestrator";
  public static final String LIVE = "Live events";
  public static final String READING_AGAIN = "Reading again";
  public static final String QUARANTINE = "Quarantine";
  public static final String VANISHED = "Vanished records";
  public static final String SOURCES = "Sources";
  public static final String ALERTS = "Alerts";
  public static final String LOGS = "Logs";
  public static final String AUDIT = "Audit of the data engine";
  public static final String HEALTH = "Health";

  /** All, in the order in which they are shown. */
  static final List<Tag> ORDERED =
      List.of(
          tag(CONNECTIONS, "Which sources are read, as whom, and what of them."),
          tag(JOBS, "One per connection: when its data are read, and how that stands."),
          tag(RUNS, "Each time that a job has read its source: progress, events, errors, log."),
          tag(ATTENTION, "What needs a person, and how old what is stored has become."),
          tag(ORCHESTRATOR, "What holds for all jobs: the queue, maintenance, settings."),
          tag(LIVE, "What happens, as it happens."),
          tag(READING_AGAIN, "Rewinds and backfills: what was read before is read once more."),
          tag(QUARANTINE, "Records that could not be read, kept until they can."),
          tag(
              VANISHED,
              "Records that vanished in numbers, until somebody says whether it is true."),
          tag(SOURCES, "Whether the sources answer, and what is left of their allowances."),
          tag(ALERTS, "Who is told of which trouble, by webhook or mail."),
          tag(LOGS, "The log files of the node that answers."),
          tag(AUDIT, "Who changed connections, jobs and alerts, when and why."),
          tag(HEALTH, "Whether the service lives, and whether it can work."));

  private ApiTags() {}

  private static Tag tag(String name, String description) {
    return new Tag().name(name).description(description);
  }
}
