package dev.pulse.local.world;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An issue that a repository keeps itself, as it is now, with its whole past. It has nothing to do
 * with those of the tracker.
 *
 * @param number among the issues and pull requests of the repository
 * @param reason why it is closed, or open again, in GitHub's words; null = never closed
 * @param milestone the number of one of its repository's; null = none
 * @param parent index of the issue that this one is a part of; null = none
 */
public record CodeIssue(
    int index,
    long databaseId,
    Repository repository,
    int number,
    String title,
    String body,
    boolean open,
    @Nullable String reason,
    Person author,
    List<Person> assignees,
    List<String> labels,
    @Nullable Integer milestone,
    @Nullable Integer parent,
    Instant created,
    Instant updated,
    @Nullable Instant closed,
    List<Event> events,
    List<PullRequest.Comment> comments) {

  /** What an event may point to. */
  public enum Kind {
    PULL,
    ISSUE,
    COMMIT,
    REPOSITORY
  }

  /**
   * What an event points to.
   *
   * @param index of the pull request, issue or repository
   * @param sha of the commit
   * @param closes whether it says that it will close the issue
   */
  public record Target(Kind kind, int index, String sha, boolean closes) {}

  /**
   * An event of the timeline.
   *
   * @param issue index of the issue
   * @param text label, title of the milestone, new title, or the reason
   * @param before the title there was
   * @param person who was assigned, or no longer is
   */
  public record Event(
      String id,
      int issue,
      String type,
      Person actor,
      Instant at,
      @Nullable String text,
      @Nullable String before,
      @Nullable Person person,
      @Nullable Target target)
      implements TimelineEvent {}
}
