package dev.pulse.local.world;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run of a workflow as it is now, with all its attempts.
 *
 * @param number counted per workflow
 * @param attempts the first one first; never empty
 */
public record WorkflowRun(
    long databaseId,
    Repository repository,
    Workflow workflow,
    int number,
    String title,
    String event,
    String branch,
    String sha,
    Person actor,
    Instant created,
    List<Attempt> attempts) {

  public WorkflowRun {
    attempts = List.copyOf(attempts);
  }

  public Attempt latest() {
    return attempts.getLast();
  }

  /** What is run, as a file of the repository says it. */
  public record Workflow(long databaseId, String name, String path) {}

  /**
   * One attempt.
   *
   * @param number 1 = first
   * @param actor who started it
   * @param status and conclusion: in GitHub's words; no conclusion before it is completed
   * @param updated when it was completed, or else when it last changed
   */
  public record Attempt(
      int number,
      Person actor,
      Instant started,
      String status,
      @Nullable String conclusion,
      Instant updated,
      List<Job> jobs) {

    public Attempt {
      jobs = List.copyOf(jobs);
    }
  }

  /** One job of an attempt. */
  public record Job(
      long databaseId,
      String name,
      String status,
      @Nullable String conclusion,
      Instant created,
      Instant started,
      @Nullable Instant completed) {}
}
