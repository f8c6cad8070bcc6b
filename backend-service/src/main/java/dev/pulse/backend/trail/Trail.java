package dev.pulse.backend.trail;

import dev.pulse.backend.access.Caller;
import dev.pulse.backend.audit.Audit;
import dev.pulse.backend.gateway.EtlReader;
import dev.pulse.backend.platform.Problem;
import dev.pulse.backend.platform.ProblemSummary;
import dev.pulse.model.AuditEvent;
import dev.pulse.model.AuditFilter;
import dev.pulse.model.AuditPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads the audits of both services as one, the latest event first. */
@Service
class Trail {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Comparator<TrailEvent> LATEST_FIRST =
      Comparator.comparing(TrailEvent::at)
          .reversed()
          .thenComparing(TrailEvent::origin)
          .thenComparing(Comparator.comparingLong(TrailEvent::id).reversed());

  private final Audit audit;
  private final EtlReader etl;

  Trail(Audit audit, EtlReader etl) {
    this.audit = audit;
    this.etl = etl;
  }

  /**
   * A page.
   *
   * @param next where the page after begins; null at the end
   * @param missing sources whose events are not in it
   */
  record Page(List<TrailEvent> items, @Nullable TrailPosition next, List<Missing> missing) {
    Page {
      items = List.copyOf(items);
      missing = List.copyOf(missing);
    }
  }

  /** A source that did not answer. */
  record Missing(Source source, Problem why) {}

  /**
   * Reads a page. What one source does not answer is named, and the others' events are there.
   *
   * @param sources whose events are wanted
   */
  Page read(
      Caller caller, AuditFilter wanted, Set<Source> sources, TrailPosition after, int limit) {
    var found = new ArrayList<TrailEvent>();
    var missing = new ArrayList<Missing>();
    boolean more = false;
    for (var source : sources) {
      try {
        var events = read(source, caller, wanted, source.after(after), limit);
        events.forEach(event -> found.add(TrailEvent.of(source, event)));
        more |= events.size() == limit;
      } catch (Problem why) {
        missing.add(new Missing(source, why));
      }
    }
    found.sort(LATEST_FIRST);
    var page = found.subList(0, Math.min(limit, found.size()));
    boolean ends = page.isEmpty() || (!more && found.size() <= limit);
    return new Page(page, ends ? null : page.getLast().position(), missing);
  }

  private List<AuditEvent> read(
      Source source, Caller caller, AuditFilter wanted, AuditPosition after, int limit) {
    return switch (source) {
      case BACKEND_SERVICE -> audit.list(wanted, after, limit);
      case ETL_SERVICE -> {
        var page = etl.read("/audit", parameters(wanted, after, limit), caller, PATIENCE);
        yield JsonMapper.shared()
            .convertValue(page.path("items"), new TypeReference<List<AuditEvent>>() {});
      }
    };
  }

  private static Map<String, String> parameters(
      AuditFilter wanted, AuditPosition after, int limit) {
    var parameters = new HashMap<>(Map.of("cursor", after.toString(), "limit", "" + limit));
    add(parameters, "actor", wanted.actor());
    add(parameters, "action", wanted.action());
    add(parameters, "target", wanted.target());
    add(parameters, "from", wanted.from());
    add(parameters, "to", wanted.to());
    return parameters;
  }

  private static void add(Map<String, String> parameters, String name, @Nullable Object value) {
    if (value != null) parameters.put(name, value.toString());
  }

  /**
   * Something that was done.
   *
   * @param source the service that wrote it down
   * @param id within that service
   * @param actor who did it, such as user:7
   * @param action what was done to which kind of thing, such as job.start
   * @param reason as the actor gave it, or why it was refused
   * @param before how it stood before; null if it was not there
   * @param after how it stood when the action was done; null if it is gone
   * @param requestId stands in the log too
   */
  record TrailEvent(
      String source,
      long id,
      Instant at,
      String actor,
      String action,
      String targetKind,
      String targetId,
      @Nullable String reason,
      @Nullable Map<String, Object> before,
      @Nullable Map<String, Object> after,
      @Nullable String requestId) {

    static TrailEvent of(Source source, AuditEvent event) {
      return new TrailEvent(
          source.service(),
          event.id(),
          event.at(),
          event.actor(),
          event.action(),
          event.targetKind(),
          event.targetId(),
          event.reason(),
          event.before(),
          event.after(),
          event.requestId());
    }

    private Source origin() {
      return Source.find(source).orElseThrow();
    }

    private TrailPosition position() {
      return new TrailPosition(at, origin(), id);
    }
  }

  /** A source whose events are not in an answer, and why. */
  record MissingSource(String source, ProblemSummary problem) {
    static MissingSource of(Missing missing) {
      return new MissingSource(missing.source().service(), ProblemSummary.of(missing.why()));
    }
  }
}
