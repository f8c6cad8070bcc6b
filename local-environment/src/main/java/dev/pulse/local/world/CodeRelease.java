package dev.pulse.local.world;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A release of a repository.
 *
 * @param sha the commit that the tag is on
 * @param published null while it is a draft
 */
public record CodeRelease(
    long databaseId,
    Repository repository,
    String tag,
    String name,
    String body,
    Person author,
    boolean prerelease,
    String sha,
    Instant created,
    @Nullable Instant published,
    Instant updated) {

  public boolean draft() {
    return published == null;
  }
}
