package dev.pulse.etl.connectors.records;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a pull request. Never changes itself.
 *
 * @param kind READY_FOR_REVIEW, CONVERTED_TO_DRAFT, REVIEW_REQUESTED, REVIEW_REQUEST_REMOVED,
 *     CLOSED, REOPENED, MERGED or FORCE_PUSHED
 * @param subject whom or what it concerns, such as the login of the reviewer asked
 */
public record PullRequestEvent(
    String externalId,
    String pullRequestId,
    String kind,
    @Nullable String actorId,
    @Nullable String subject,
    Instant happenedAt)
    implements SourceRecord {}
