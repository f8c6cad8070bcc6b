package dev.pulse.local.world;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An issue as it is now, with its whole past. */
public record Issue(
    int index,
    long id,
    Project project,
    int number,
    String title,
    String description,
    int type,
    int status,
    String priority,
    List<String> labels,
    @Nullable Person assignee,
    Person reporter,
    @Nullable Double storyPoints,
    @Nullable Integer parent,
    @Nullable String due,
    Instant created,
    Instant updated,
    @Nullable Instant resolved,
    List<Change> changes,
    List<Comment> comments) {

  public String key() {
    return project.key() + "-" + number;
  }

  /** One entry of the history: some fields that changed at once. */
  public record Change(long id, Person author, Instant at, List<Item> items) {}

  /** One field that changed. */
  public record Item(
      String field,
      String fieldId,
      @Nullable String from,
      @Nullable String fromText,
      @Nullable String to,
      @Nullable String toText) {}

  public record Comment(long id, Person author, String body, Instant created, Instant updated) {}
}
