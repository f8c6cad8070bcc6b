package dev.pulse.etl.alerts;

import dev.pulse.etl.alerts.Alert.Channel;
import dev.pulse.etl.alerts.Alert.Watched;
import dev.pulse.etl.platform.audit.Audit;
import dev.pulse.etl.platform.audit.Audit.Target;
import dev.pulse.etl.platform.lists.Keyset;
import dev.pulse.etl.platform.lists.Listed;
import dev.pulse.etl.platform.problem.Problem;
import dev.pulse.etl.platform.secret.Secret;
import dev.pulse.etl.platform.secret.SecretBox;
import dev.pulse.etl.platform.secret.SecretBox.Place;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The saved alerts. Of a secret only {@link #secret} tells; the audit knows that there is one. */
@Service
class Alerts {

  private static final String SELECT =
      """
      select id, name, enabled, channel, url, recipients, secret is not null as secret_set, conditions,
        connections, late_after, budget_below_percent, quarantine_per_hour, version
      from alert
      """;

  private final JdbcClient jdbc;
  private final SecretBox secrets;
  private final Incidents incidents;
  private final Audit audit;

  Alerts(JdbcClient jdbc, SecretBox secrets, Incidents incidents, Audit audit) {
    this.jdbc = jdbc;
    this.secrets = secrets;
    this.incidents = incidents;
    this.audit = audit;
  }

  @Transactional(readOnly = true)
  public Listed<Alert> list(Keyset<Alert> page) {
    return page.page(
        page.in(jdbc.sql(SELECT + " where true" + page.sql()))
            .query((row, n) -> alert(row))
            .list());
  }

  @Transactional(readOnly = true)
  public List<Alert> enabled() {
    return jdbc.sql(SELECT + " where enabled order by id").query((row, n) -> alert(row)).list();
  }

  @Transactional(readOnly = true)
  public Alert require(long id) {
    return jdbc.sql(SELECT + " where id = ?")
        .param(id)
        .query((row, n) -> alert(row))
        .optional()
        .orElseThrow(() -> Problem.notFound("alert", id));
  }

  @Transactional
  public Alert create(AlertInput input) {
    refuseUnknownConnections(input.watched());
    if (input.channel() == Channel.WEBHOOK && input.secret() == null) throw noSecret();
    long id =
        of(
                input,
                """
                insert into alert (name, enabled, channel, url, recipients, conditions, connections, late_after,
                  budget_below_percent, quarantine_per_hour)
                values (:name, :enabled, :channel, :url, :to, :conditions, :connections, :late, :budget, :quarantine)
                returning id
                """)
            .query(Long.class)
            .single();
    seal(id, input);
    var created = require(id);
    audit.record("alert.create", Target.of("alert", id), input.reason(), null, created);
    return created;
  }

  /** What an alert was about to tell is dropped: changed, it begins anew. */
  @Transactional
  public Alert update(long id, AlertInput input) {
    var before = requireLocked(id);
    if (input.version() != null && input.version() != before.version()) {
      throw Problem.conflict(
          "CHANGED_MEANWHILE",
          "Somebody else has changed it",
          "Alert %d is at version %d by now.".formatted(id, before.version()),
          "Load it again and repeat the change.");
    }
    refuseUnknownConnections(input.watched());
    boolean kept = before.secretSet() && Objects.equals(origin(before.url()), origin(input.url()));
    if (input.channel() == Channel.WEBHOOK && input.secret() == null && !kept) throw noSecret();
    of(
            input,
            """
            update alert
               set name = :name, enabled = :enabled, channel = :channel, url = :url, recipients = :to,
                   conditions = :conditions, connections = :connections, late_after = :late,
                   budget_below_percent = :budget, quarantine_per_hour = :quarantine,
                   secret = case when :kept then secret end, version = version + 1
             where id = :id
            """)
        .param("kept", kept && input.channel() == Channel.WEBHOOK)
        .param("id", id)
        .update();
    seal(id, input);
    incidents.forget(id);
    var after = require(id);
    audit.record("alert.update", Target.of("alert", id), input.reason(), before, after);
    return after;
  }

  @Transactional
  public void delete(long id, @Nullable String reason) {
    var before = requireLocked(id);
    jdbc.sql("delete from alert where id = ?").param(id).update();
    audit.record("alert.delete", Target.of("alert", id), reason, before, null);
  }

  /** Writes down that somebody has tried an alert out. */
  @Transactional
  public void tested(Alert alert, String outcome, @Nullable String reason) {
    audit.record("alert.test", Target.of("alert", alert.id()), reason, null, new Tested(outcome));
  }

  private record Tested(String outcome) {}

  /** What messages of a webhook are signed with. */
  @Transactional(readOnly = true)
  public Secret secret(Alert alert) {
    var sealed =
        jdbc.sql("select secret from alert where id = ? and secret is not null")
            .param(alert.id())
            .query(String.class)
            .single();
    return secrets.open(sealed, place(alert.id()));
  }

  /** Locks it, so that of two changes at once one sees the other. */
  private Alert requireLocked(long id) {
    return jdbc.sql(SELECT + " where id = ? for update")
        .param(id)
        .query((row, n) -> alert(row))
        .optional()
        .orElseThrow(() -> Problem.notFound("alert", id));
  }

  private void refuseUnknownConnections(Watched watched) {
    var known =
        jdbc.sql("select id from connection where id = any(?)")
            .param(watched.connections().toArray(Long[]::new))
            .query(Long.class)
            .list();
    for (var each : watched.connections()) {
      if (!known.contains(each)) {
        throw Problem.invalid(
            "connections", "holds %d, which is none".formatted(each), "Look it up in the list.");
      }
    }
  }

  private void seal(long id, AlertInput input) {
    if (input.channel() != Channel.WEBHOOK || input.secret() == null) return;
    jdbc.sql("update alert set secret = ? where id = ?")
        .params(secrets.seal(new Secret(input.secret()), place(id)), id)
        .update();
  }

  private JdbcClient.StatementSpec of(AlertInput input, String sql) {
    var watched = input.watched();
    return jdbc.sql(sql)
        .param("name", input.name().strip())
        .param("enabled", input.enabledOrNot())
        .param("channel", input.channel().name())
        .param("url", input.url() == null ? null : input.url().strip())
        .param("to", input.toOrNobody().toArray(String[]::new))
        .param("conditions", watched.conditions().stream().map(Enum::name).toArray(String[]::new))
        .param("connections", watched.connections().toArray(Long[]::new))
        .param("late", watched.lateAfter())
        .param("budget", watched.budgetBelowPercent())
        .param("quarantine", watched.quarantinePerHour());
  }

  private static Alert alert(ResultSet row) throws SQLException {
    return new Alert(
        row.getLong("id"),
        row.getString("name"),
        row.getBoolean("enabled"),
        Channel.valueOf(row.getString("channel")),
        row.getString("url"),
        List.of((String[]) row.getArray("recipients").getArray()),
        row.getBoolean("secret_set"),
        new Watched(
            Arrays.stream((String[]) row.getArray("conditions").getArray())
                .map(Condition::valueOf)
                .toList(),
            List.of((Long[]) row.getArray("connections").getArray()),
            row.getInt("late_after"),
            row.getInt("budget_below_percent"),
            row.getInt("quarantine_per_hour")),
        row.getLong("version"));
  }

  private static Place place(long id) {
    return new Place("alert", id, "secret");
  }

  private static Problem noSecret() {
    return Problem.invalid(
        "secret",
        "is missing",
        "Enter at least 16 characters; after a change of the address it must be entered again.");
  }

  private static @Nullable String origin(@Nullable String url) {
    if (url == null) return null;
    var uri = URI.create(url.strip());
    return "%s://%s:%d"
        .formatted(
            uri.getScheme(), String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT), uri.getPort());
  }
}
