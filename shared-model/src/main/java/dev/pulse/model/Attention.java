package dev.pulse.model;

import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Something that a person has to do, or would ask about.
 *
 * @param title what is the matter with what, one sentence
 * @param detail the cause, as far as it is known; null = the title says all
 * @param remedy what to do, one sentence; for {@code INFO} that there is nothing to do
 * @param target where it is seen to
 * @param connectionId which connection it is about; null = none in particular
 * @param since null = not known
 * @param until when it ends by itself, or when it becomes worse; null = nobody knows
 * @param count how many entries the page of the target lists; null = it is no list
 */
public record Attention(
    Kind kind,
    Severity severity,
    String title,
    @Nullable String detail,
    String remedy,
    Target target,
    @Nullable Long connectionId,
    @Nullable Instant since,
    @Nullable Instant until,
    @Nullable Long count) {

  public static final Comparator<Attention> MOST_URGENT_FIRST =
      Comparator.comparing(Attention::severity)
          .thenComparing(Attention::since, Comparator.nullsLast(Comparator.naturalOrder()));

  /** What is the matter. */
  public enum Kind {
    /** The last run of a job failed, and none has succeeded since. */
    JOB_FAILED,
    /** A job has had no success for several of its planned times. */
    JOB_LATE,
    /** A run waits until its source allows more. */
    SOURCE_WAIT,
    /** Records could not be read within the last day. */
    QUARANTINE_GROWING,
    /** Parts of a source may not be read. */
    COVERAGE_HOLE,
    /** So much has vanished at the source that a person has to say whether it is true. */
    VANISHED_ROWS,
    /** A certificate that a connection relies on is about to expire, or has. */
    CERTIFICATE_EXPIRES,
    /** A script token is about to expire. */
    TOKEN_EXPIRES,
    /** Maintenance: nothing begins until it is ended. */
    ORCHESTRATOR_PAUSED
  }

  /** How urgent it is. */
  public enum Severity {
    /** A person has to mend it. */
    ERROR,
    /** A person should look. */
    WARNING,
    /** It passes by itself: nothing is to do. */
    INFO
  }

  /**
   * A thing that has a page.
   *
   * @param id for {@code ORCHESTRATOR} empty
   */
  public record Target(Page page, String id) {

    public static Target of(Page page, long id) {
      return new Target(page, Long.toString(id));
    }
  }

  /** The kind of a target. */
  public enum Page {
    JOB,
    RUN,
    CONNECTION,
    /** The records set aside of the connection with this id. */
    QUARANTINE,
    /** The coverage of the job with this id. */
    COVERAGE,
    /** What has vanished of the job with this id. */
    VANISHED,
    TOKEN,
    ORCHESTRATOR
  }
}
