package dev.pulse.backend.audit;

import dev.pulse.backend.access.Caller;
import dev.pulse.backend.platform.Moments;
import dev.pulse.backend.platform.RequestIds;
import dev.pulse.model.AuditEvent;
import dev.pulse.model.AuditFilter;
import dev.pulse.model.AuditPosition;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Who did what, when and why, and how things stood before and after. */
@Service
public class Audit {

  /** Nobody who is known. */
  public static final String ANONYMOUS = "anonymous";

  /** Pulse itself: nobody asked. */
  public static final String PULSE = "pulse";

  private final JdbcClient jdbc;
  private final JsonMapper json;

  Audit(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** What was acted on, such as user 7. */
  public record Target(String kind, String id) {

    public static Target of(String kind, long id) {
      return new Target(kind, Long.toString(id));
    }
  }

  /**
   * Writes down what the caller of this request does, to be called in the transaction that does it:
   * neither is kept without the other.
   *
   * @param before a record or map, without secrets
   * @param after the same
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void record(
      String action, Target target, @Nullable Object before, @Nullable Object after) {
    record(actor(), action, target, null, before, after);
  }

  /** Who acts in this thread; Pulse itself where no request has come. */
  public static String actor() {
    return Caller.current()
        .map(Caller::subject)
        .orElseGet(() -> MDC.get(RequestIds.MDC_KEY) == null ? PULSE : ANONYMOUS);
  }

  /** The same for somebody who is not the caller of this request. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void record(
      String actor,
      String action,
      Target target,
      @Nullable String reason,
      @Nullable Object before,
      @Nullable Object after) {
    jdbc.sql(
            """
            insert into audit_event (actor, action, target_kind, target_id, reason, before, after, request_id)
            values (:actor, :action, :kind, :id, :reason, :before::jsonb, :after::jsonb, :request)
            """)
        .param("actor", actor)
        .param("action", action)
        .param("kind", target.kind())
        .param("id", target.id())
        .param("reason", reason)
        .param("before", before == null ? null : json.writeValueAsString(before))
        .param("after", after == null ? null : json.writeValueAsString(after))
        .param("request", MDC.get(RequestIds.MDC_KEY))
        .update();
  }

  /** Writes down a refusal: there is no change whose transaction it could share. */
  @Transactional(propagation = Propagation.REQUIRES_NEW)
  public void refused(String actor, String action, Target target, String reason) {
    record(actor, action, target, reason, null, null);
  }

  /**
   * The latest first.
   *
   * @param after only what follows it
   */
  @Transactional(readOnly = true)
  public List<AuditEvent> list(AuditFilter wanted, AuditPosition after, int limit) {
    return jdbc.sql(
            """
            select id, happened_at, actor, action, target_kind, target_id, reason, before, after, request_id
            from audit_event
            where (happened_at, id) < (:at, :id)
              and (:actor::text is null or actor = :actor or starts_with(actor, :actor || '/'))
              and (:action::text is null or action = :action or starts_with(action, :action || '.'))
              and (:kind::text is null or target_kind = :kind)
              and (:target::text is null or target_id = :target)
              and (:from::timestamptz is null or happened_at >= :from)
              and (:to::timestamptz is null or happened_at < :to)
            order by happened_at desc, id desc
            limit :limit
            """)
        .param("at", Moments.sql(after.at()))
        .param("id", after.id())
        .param("actor", wanted.actor())
        .param("action", wanted.action())
        .param("kind", wanted.targetKind())
        .param("target", wanted.targetId())
        .param("from", moment(wanted.from()))
        .param("to", moment(wanted.to()))
        .param("limit", limit)
        .query(
            (row, n) ->
                new AuditEvent(
                    row.getLong("id"),
                    Moments.read(row, "happened_at"),
                    row.getString("actor"),
                    row.getString("action"),
                    row.getString("target_kind"),
                    row.getString("target_id"),
                    row.getString("reason"),
                    object(row.getString("before")),
                    object(row.getString("after")),
                    row.getString("request_id")))
        .list();
  }

  private static @Nullable OffsetDateTime moment(@Nullable Instant instant) {
    return instant == null ? null : Moments.sql(instant);
  }

  private @Nullable Map<String, Object> object(@Nullable String text) {
    return text == null ? null : json.readValue(text, new TypeReference<Map<String, Object>>() {});
  }
}
