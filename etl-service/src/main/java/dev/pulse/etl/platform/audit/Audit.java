package dev.pulse.etl.platform.audit;

import dev.pulse.model.AuditEvent;
import dev.pulse.model.AuditFilter;
import dev.pulse.model.AuditPosition;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
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

  private final JdbcClient jdbc;
  private final JsonMapper json;

  Audit(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** What was acted on, such as job 7. */
  public record Target(String kind, String id) {

    public static Target of(String kind, long id) {
      return new Target(kind, Long.toString(id));
    }
  }

  /**
   * Writes down an action, to be called in the transaction that does it: neither is kept without
   * the other.
   *
   * @param before a record or map, without secrets
   * @param after the same
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void record(
      String action,
      Target target,
      @Nullable String reason,
      @Nullable Object before,
      @Nullable Object after) {
    write(jdbc, action, target, reason, before, after);
  }

  /**
   * The same for an action whose transaction is another one than that of the annotation.
   *
   * @param in its connection
   */
  public void record(
      JdbcClient in,
      String action,
      Target target,
      @Nullable String reason,
      @Nullable Object before,
      @Nullable Object after) {
    write(in, action, target, reason, before, after);
  }

  private void write(
      JdbcClient in,
      String action,
      Target target,
      @Nullable String reason,
      @Nullable Object before,
      @Nullable Object after) {
    in.sql(
            """
            insert into audit_event (actor, action, target_kind, target_id, reason, before, after, request_id)
            values (:actor, :action, :kind, :id, :reason, :before::jsonb, :after::jsonb, :request)
            """)
        .param("actor", Actor.now().name())
        .param("action", action)
        .param("kind", target.kind())
        .param("id", target.id())
        .param("reason", words(reason))
        .param("before", before == null ? null : json.writeValueAsString(before))
        .param("after", after == null ? null : json.writeValueAsString(after))
        .param("request", MDC.get("requestId"))
        .update();
  }

  private static @Nullable String words(@Nullable String reason) {
    if (reason == null || reason.isBlank()) return null;
    return reason.strip().replace('\u0000', '\ufffd');
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
        .param("at", after.at().atOffset(ZoneOffset.UTC))
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

  private static @Nullable OffsetDateTime moment(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  private @Nullable Map<String, Object> object(@Nullable String text) {
    return text == null ? null : json.readValue(text, new TypeReference<Map<String, Object>>() {});
  }
}
