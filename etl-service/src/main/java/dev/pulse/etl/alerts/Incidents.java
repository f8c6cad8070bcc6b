package dev.pulse.etl.alerts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Troubles from their beginning to their end. A trouble that begins or ends leaves its message in
 * the same transaction, and the index of open incidents lets there be one of each, however many
 * nodes see it.
 */
@Service
class Incidents {

  private final JdbcClient jdbc;
  private final AlertSettings settings;

  Incidents(JdbcClient jdbc, AlertSettings settings) {
    this.jdbc = jdbc;
    this.settings = settings;
  }

  /**
   * A trouble.
   *
   * @param endedAt null = it lasts
   * @param messages what was told of it
   */
  record Incident(
      long id,
      Condition condition,
      String subject,
      String summary,
      Instant openedAt,
      @Nullable Instant endedAt,
      List<Told> messages) {

    Incident {
      messages = List.copyOf(messages);
    }
  }

  /**
   * A message and what became of it.
   *
   * @param nextAt when it is sent, or sent again; null = not any more
   * @param error why it did not arrive the last time
   */
  record Told(
      long id,
      Message.Kind kind,
      Delivery state,
      int attempts,
      @Nullable Instant nextAt,
      @Nullable Instant settledAt,
      @Nullable String error) {}

  enum Delivery {
    WAITING,
    SENT,
    GIVEN_UP
  }

  /** Begins and ends the incidents of an alert, so that they are {@code troubles}. */
  @Transactional
  public void settle(Alert alert, List<Trouble> troubles) {
    if (!asRead(alert)) return;
    of(
            alert,
            troubles,
            """
            with opened as (
              insert into alert_incident (alert_id, condition, subject, summary)
              select :alert, t.*
              from unnest(:conditions::text[], :subjects::text[], :summaries::text[]) as t
              on conflict (alert_id, condition, subject) where ended_at is null do nothing
              returning id)
            insert into alert_message (incident_id, kind)
            select id, 'TROUBLE' from opened
            """)
        .update();
    of(
            alert,
            troubles,
            """
            with ended as (
              update alert_incident i
                 set ended_at = clock_timestamp()
               where i.alert_id = :alert and i.ended_at is null and not exists (
                 select
                 from unnest(:conditions::text[], :subjects::text[], :summaries::text[])
                   as t (condition, subject, summary)
                 where t.condition = i.condition and t.subject = i.subject)
              returning id, subject)
            insert into alert_message (incident_id, kind)
            select id, 'RECOVERY'
            from ended
            where subject !~ '^(job|connection) ' -- that a connection was deleted mends nothing
               or exists (select from connection where id::text = split_part(subject, ' ', 2))
            """)
        .update();
  }

  /** Whether nobody has changed it since it was read; keeps it so until the transaction ends. */
  private boolean asRead(Alert alert) {
    return jdbc.sql("select 1 from alert where id = ? and version = ? and enabled for share")
        .params(alert.id(), alert.version())
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  /** Ends what an alert has open and drops what it was about to tell, without a word to anybody. */
  @Transactional
  public void forget(long alert) {
    jdbc.sql(
            """
            update alert_message
               set state = 'GIVEN_UP', settled_at = clock_timestamp(), error = 'the alert was changed'
             where state = 'WAITING' and incident_id in (select id from alert_incident where alert_id = ?)
            """)
        .param(alert)
        .update();
    jdbc.sql(
            """
            update alert_incident
               set ended_at = clock_timestamp()
             where alert_id = ? and ended_at is null
            """)
        .param(alert)
        .update();
  }

  /** Forgets what ended long ago. */
  @Transactional
  public void prune() {
    jdbc.sql(
            "delete from alert_incident where ended_at < clock_timestamp() - make_interval(days =>"
                + " ?)")
        .param(settings.keepDays())
        .update();
  }

  /** The latest first. */
  @Transactional(readOnly = true)
  public List<Incident> of(long alert, int limit) {
    return jdbc.sql(
            """
            select id, condition, subject, summary, opened_at, ended_at
            from alert_incident
            where alert_id = ?
            order by id desc
            limit ?
            """)
        .params(alert, limit)
        .query((row, n) -> incident(row))
        .list();
  }

  private Incident incident(ResultSet row) throws SQLException {
    long id = row.getLong("id");
    return new Incident(
        id,
        Condition.valueOf(row.getString("condition")),
        row.getString("subject"),
        row.getString("summary"),
        row.getTimestamp("opened_at").toInstant(),
        instant(row, "ended_at"),
        told(id));
  }

  private List<Told> told(long incident) {
    return jdbc.sql(
            """
            select id, kind, state, attempts, case when state = 'WAITING' then next_at end as next_at,
              settled_at, error
            from alert_message
            where incident_id = ?
            order by id
            """)
        .param(incident)
        .query(
            (row, n) ->
                new Told(
                    row.getLong("id"),
                    Message.Kind.valueOf(row.getString("kind")),
                    Delivery.valueOf(row.getString("state")),
                    row.getInt("attempts"),
                    instant(row, "next_at"),
                    instant(row, "settled_at"),
                    row.getString("error")))
        .list();
  }

  private JdbcClient.StatementSpec of(Alert alert, List<Trouble> troubles, String sql) {
    return jdbc.sql(sql)
        .param("alert", alert.id())
        .param("conditions", texts(troubles, each -> each.condition().name()))
        .param("subjects", texts(troubles, Trouble::subject))
        .param("summaries", texts(troubles, Trouble::summary));
  }

  private static String[] texts(List<Trouble> troubles, Function<Trouble, String> text) {
    return troubles.stream().map(text).toArray(String[]::new);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var value = row.getTimestamp(column);
    return value == null ? null : value.toInstant();
  }
}
