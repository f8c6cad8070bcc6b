package dev.pulse.local.world;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What issues of a repository are planned for.
 *
 * @param number within the repository, from 1
 * @param due the day, as GitHub keeps it: a moment of that day; null = none
 */
public record CodeMilestone(
    long databaseId,
    Repository repository,
    int number,
    String title,
    String description,
    Person creator,
    @Nullable Instant due,
    Instant created,
    Instant updated,
    @Nullable Instant closed) {}
