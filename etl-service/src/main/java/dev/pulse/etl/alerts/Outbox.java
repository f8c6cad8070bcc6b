package dev.pulse.etl.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Messages that are to be sent. Taking one hides it from everybody else for longer than sending
 * takes; if the node that took it is lost, it is sent again by another.
 */
@Service
@EnableConfigurationProperties(AlertSettings.class)
class Outbox {

  /** Longer than the deadlines of all that sending does. */
  private static final Duration TAKEN = Duration.ofMinutes(3);

  private static final Duration LONGEST = Duration.ofHours(1);

  private final JdbcClient jdbc;
  private final AlertSettings settings;

  Outbox(JdbcClient jdbc, AlertSettings settings) {
    this.jdbc = jdbc;
    this.settings = settings;
  }

  /** A message in the hands of this node. */
  record Taken(
      long id,
      long alert,
      Message.Kind kind,
      Condition condition,
      String subject,
      String summary,
      Instant since) {

    Message message(Alert to) {
      return new Message(Long.toString(id), kind, to, condition, subject, summary, since);
    }
  }

  /** The next that is due; the end of a trouble only after its beginning. */
  Optional<Taken> take() {
    return jdbc.sql(
            """
            with due as (
              select m.id
              from alert_message m
              join alert_incident i on i.id = m.incident_id
              join alert a on a.id = i.alert_id
              where m.state = 'WAITING' and m.next_at <= clock_timestamp() and a.enabled
                and not exists (
                  select from alert_message before
                  where before.incident_id = m.incident_id and before.id < m.id and before.state = 'WAITING')
              order by m.next_at, m.id
              for update of m skip locked
              limit 1)
            update alert_message m
               set attempts = attempts + 1, next_at = clock_timestamp() + :taken * interval '1 millisecond'
              from due, alert_incident i
             where m.id = due.id and i.id = m.incident_id
            returning m.id, i.alert_id, m.kind, i.condition, i.subject, i.summary, i.opened_at
            """)
        .param("taken", TAKEN.toMillis())
        .query(
            (row, n) ->
                new Taken(
                    row.getLong("id"),
                    row.getLong("alert_id"),
                    Message.Kind.valueOf(row.getString("kind")),
                    Condition.valueOf(row.getString("condition")),
                    row.getString("subject"),
                    row.getString("summary"),
                    row.getTimestamp("opened_at").toInstant()))
        .optional();
  }

  void sent(Taken message) {
    jdbc.sql(
            """
            update alert_message
               set state = 'SENT', settled_at = clock_timestamp(), error = null
             where id = ? and state = 'WAITING'
            """)
        .param(message.id())
        .update();
  }

  /** It is sent again later, twice as late each time, unless it has been tried for too long. */
  void failed(Taken message, String why) {
    jdbc.sql(
            """
            with tried as (
              select id, created_at + :patience * interval '1 millisecond' < clock_timestamp() as enough
              from alert_message
              where id = :id and state = 'WAITING')
            update alert_message m
               set error = :why,
                   state = case when tried.enough then 'GIVEN_UP' else m.state end,
                   settled_at = case when tried.enough then clock_timestamp() end,
                   next_at = clock_timestamp()
                     + least(:longest, :back_off * power(2, least(m.attempts, 20) - 1)) * interval '1 millisecond'
              from tried
             where m.id = tried.id
            """)
        .param("why", why)
        .param("patience", settings.giveUpAfter().toMillis())
        .param("longest", LONGEST.toMillis())
        .param("back_off", settings.backOff().toMillis())
        .param("id", message.id())
        .update();
  }
}
