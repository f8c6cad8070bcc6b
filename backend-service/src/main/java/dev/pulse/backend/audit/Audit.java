package dev.pulse.backend.audit;

import dev.pulse.backend.access.Caller;
import dev.pulse.backend.platform.RequestIds;
import java.time.Instant;
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
   * Something that was done.
   *
   * @param actor who did it, such as {@code user:7}
   * @param action what was done to which kind of thing, such as {@code user.create}
   * @param before how it stood before; null if it was not there
   * @param after how it stood when the action was done; null if it is gone
   * @param requestId stands in the log too
   */
  public record AuditEvent(
      long id,
      Instant at,
      String actor,
      String action,
      String targetKind,
      String targetId,
      @Nullable String reason,
      @Nullable Map<String, Object> before,
      @Nullable Map<String, Object> after,
      @Nullable String requestId) {}

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
   * @param before only events older than the one with this id
   */
  @Transactional(readOnly = true)
  public List<AuditEvent> list(long before, int limit) {
    return jdbc.sql(
            """
            select id, happened_at, actor, action, target_kind, target_id, reason, before, after, request_id
            from audit_event
            where id < ?
            order by id desc
            limit ?
            """)
        .params(before, limit)
        .query(
            (row, n) ->
                new AuditEvent(
                    row.getLong("id"),
                    row.getTimestamp("happened_at").toInstant(),
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

  private @Nullable Map<String, Object> object(@Nullable String text) {
    return text == null ? null : json.readValue(text, new TypeReference<Map<String, Object>>() {});
  }
}
