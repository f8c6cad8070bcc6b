package dev.pulse.etl.platform.audit;

import dev.pulse.etl.platform.lists.ById.Numbered;
import dev.pulse.etl.platform.lists.Keyset;
import dev.pulse.etl.platform.lists.Listed;
import java.time.Instant;
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
   * Something that a person did.
   *
   * @param action what was done to which kind of thing, such as {@code job.start}
   * @param reason as the person gave it
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
      @Nullable String requestId)
      implements Numbered {}

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

  @Transactional(readOnly = true)
  public Listed<AuditEvent> list(Keyset<Numbered> page) {
    var query =
        jdbc.sql(
            """
            select id, happened_at, actor, action, target_kind, target_id, reason, before, after, request_id
            from audit_event
            where true
            """
                + page.sql());
    return page.page(
        page.in(query)
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
            .list());
  }

  private @Nullable Map<String, Object> object(@Nullable String text) {
    return text == null ? null : json.readValue(text, new TypeReference<Map<String, Object>>() {});
  }
}
