package dev.pulse.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which events of an audit are wanted; null = whatever it is.
 *
 * @param actor such as {@code user:7}, what programs did for that user included
 * @param action such as {@code job.start}, or {@code job} for all that is done to jobs
 * @param target such as {@code job:7}, or {@code job} for all jobs
 * @param from the earliest
 * @param to only what is earlier
 */
public record AuditFilter(
    @Nullable String actor,
    @Nullable String action,
    @Nullable String target,
    @Nullable Instant from,
    @Nullable Instant to) {

  public static final AuditFilter ALL = new AuditFilter(null, null, null, null, null);

  /** Of what nobody can have done, the nearest that a database knows. */
  public AuditFilter {
    if (from != null) from = AuditPosition.known(from);
    if (to != null) to = AuditPosition.known(to);
  }

  public @Nullable String targetKind() {
    return target == null ? null : target.split(":", 2)[0];
  }

  public @Nullable String targetId() {
    return target == null || target.indexOf(':') < 0 ? null : target.split(":", 2)[1];
  }
}
