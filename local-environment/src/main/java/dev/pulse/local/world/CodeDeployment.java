package dev.pulse.local.world;

import java.time.Instant;
import java.util.List;

/**
 * A version that was brought to an environment, as it is now.
 *
 * @param production whether people use the environment
 * @param statuses the oldest first
 */
public record CodeDeployment(
    long databaseId,
    Repository repository,
    String environment,
    boolean production,
    String sha,
    String ref,
    String task,
    Person creator,
    String description,
    Instant created,
    List<Status> statuses) {

  public CodeDeployment {
    statuses = List.copyOf(statuses);
  }

  /** A status moves the time of update of its deployment. */
  public Instant updated() {
    return statuses.isEmpty() ? created : statuses.getLast().at();
  }

  /** The latest state; PENDING without any status. */
  public String state() {
    return statuses.isEmpty() ? "PENDING" : statuses.getLast().state();
  }

  /**
   * A status.
   *
   * @param state in GraphQL's words
   */
  public record Status(long databaseId, String state, Person creator, Instant at) {}
}
