package dev.pulse.etl.platform.access;

import dev.pulse.model.signing.Identity;
import dev.pulse.model.signing.VisibleConnections;
import dev.pulse.model.signing.VisibleConnections.All;
import dev.pulse.model.signing.VisibleConnections.Only;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * The connections, and so the jobs, that whoever asks may see. This is the only place that says so.
 * In SQL it is one condition, {@code (:visible::bigint[] is null or connection_id =
 * any(:visible))}, with {@link #ids} as the parameter; {@link RowSecurity} stands behind it where a
 * query forgets that.
 */
public record Visible(VisibleConnections connections) {

  private static final Visible EVERYTHING = new Visible(VisibleConnections.all());
  private static final Set<String> READING = Set.of("GET", "HEAD");

  /** Of whoever sent the request that this thread serves; Pulse itself sees everything. */
  public static Visible now() {
    var request = RequestContextHolder.getRequestAttributes();
    if (request == null) return EVERYTHING;
    return request.getAttribute(SignedRequests.IDENTITY, RequestAttributes.SCOPE_REQUEST)
            instanceof Identity known
        ? new Visible(known.connections())
        : EVERYTHING;
  }

  /** The only ones, if this thread serves a request that reads for somebody who sees only some. */
  static Optional<Only> whileReading() {
    return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request
            && READING.contains(request.getRequest().getMethod())
            && now().connections() instanceof Only only
        ? Optional.of(only)
        : Optional.empty();
  }

  public boolean includes(long connection) {
    return connections.includes(connection);
  }

  /** Null = all. */
  public Long @Nullable [] ids() {
    return switch (connections) {
      case All _ -> null;
      case Only(var ids) -> ids.toArray(Long[]::new);
    };
  }
}
