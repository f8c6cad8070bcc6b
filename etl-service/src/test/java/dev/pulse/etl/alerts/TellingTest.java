package dev.pulse.etl.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Who is told of what, when, and how often. */
class TellingTest extends AlertingTest {

  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void a_failed_job_is_told_once_and_its_recovery_once() throws Exception {
    long alert = created(webhook(receiver.url(), "JOB_FAILED"));
    box.breakAt("/boards", 401);
    long job = connect(box);
    start(job, "FAILED");

    await().atMost(SOON).until(() -> receiver.accepted().size() == 1);
    var told = receiver.received().getFirst();
    assertThat(told.path()).isEqualTo("/hooks/pulse?from=test");
    assertThat(told.signature()).isEqualTo("sha256=" + hmac(told.body()));
    assertThat(told.json().path("kind").asString()).isEqualTo("TROUBLE");
    assertThat(told.json().path("condition").asString()).isEqualTo("JOB_FAILED");
    assertThat(told.json().path("subject").asString()).isEqualTo("job " + job);
    assertThat(told.json().path("text").asString()).startsWith("Toys ").contains("failed: ");
    assertThat(told.json().path("id").asString()).isEqualTo(told.delivery());

    start(job, "FAILED"); // the same trouble still
    box.breakAt("nothing", 500);
    start(job, "FINISHED");

    await().atMost(SOON).until(() -> receiver.accepted().size() == 2);
    assertThat(receiver.accepted()).containsExactly("TROUBLE", "RECOVERY");
    assertThat(receiver.received().getLast().json().path("text").asString()).startsWith("Over: ");
    await()
        .atMost(SOON)
        .until(
            () -> incidents(alert).findValuesAsString("state").stream().allMatch("SENT"::equals));
    assertThat(incidents(alert).size()).isEqualTo(1);
    assertThat(receiver.received()).hasSize(2);
  }

  @Test
  void that_a_connection_is_deleted_is_no_recovery() {
    long alert = created(webhook(receiver.url(), "JOB_FAILED"));
    box.breakAt("/boards", 401);
    long job = connect(box);
    start(job, "FAILED");
    await().atMost(SOON).until(() -> receiver.accepted().size() == 1);

    api("DELETE", "connections/" + job, "");

    await().atMost(SOON).until(() -> incidents(alert).path(0).path("endedAt").isString());
    assertThat(incidents(alert).path(0).path("messages").findValuesAsString("kind"))
        .containsExactly("TROUBLE");
  }

  @Test
  void what_did_not_arrive_is_sent_again_and_seen() {
    receiver.refuse(2);
    long alert = created(webhook(receiver.url(), "JOB_FAILED"));
    box.breakAt("/boards", 401);

    start(connect(box), "FAILED");

    await().atMost(SOON).until(() -> receiver.received().size() == 1);
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(incidents(alert).findValuesAsString("error"))
                    .contains("the receiver answered 503"));
    await().atMost(SOON).until(() -> receiver.accepted().size() == 1);
    await().atMost(SOON).until(() -> incidents(alert).findValuesAsString("state").contains("SENT"));
    assertThat(incidents(alert).findValue("attempts").asInt()).isEqualTo(3);
    assertThat(receiver.received().stream().map(Receiver.Received::delivery).distinct())
        .as("a receiver can leave out what came twice")
        .hasSize(1);
  }

  @Test
  void a_message_is_given_up_when_it_was_tried_for_long_enough() {
    receiver.answer(500);
    long alert = created(webhook(receiver.url(), "JOB_FAILED"));
    box.breakAt("/boards", 401);
    start(connect(box), "FAILED");
    await().atMost(SOON).until(() -> !receiver.received().isEmpty());

    jdbc.sql(
            """
            update alert_message
               set created_at = clock_timestamp() - interval '2 days'
             where incident_id in (select id from alert_incident where alert_id = ?)
            """)
        .param(alert)
        .update();

    await()
        .atMost(SOON)
        .until(() -> incidents(alert).findValuesAsString("state").contains("GIVEN_UP"));
  }

  @Test
  void a_late_job_is_told_by_the_times_it_missed() {
    var body = webhook(receiver.url(), "JOB_LATE");
    body.put("lateAfter", 4);
    long alert = created(body);
    long job = connect(box);
    late(job, 35);
    long other = connect(box);
    late(other, 45);

    await().atMost(SOON).until(() -> !receiver.accepted().isEmpty());
    var told = receiver.received().getFirst().json();
    assertThat(told.path("subject").asString()).isEqualTo("job " + other);
    assertThat(told.path("text").asString()).contains("no success for 45 minutes (4 planned times");
    assertThat(incidents(alert).size()).isEqualTo(1);
  }

  @Test
  void a_budget_that_is_low_is_told_until_there_is_more() {
    created(webhook(receiver.url(), "BUDGET_LOW"));
    jdbc.sql(
            """
            insert into rate_budget (budget_key, resource, allowance, remaining, resets_at)
            values ('toy:low', 'requests', 100, 5, clock_timestamp() + interval '1 hour'),
                   ('toy:high', 'requests', 100, 50, clock_timestamp() + interval '1 hour')
            """)
        .update();
    await().atMost(SOON).until(() -> receiver.accepted().size() == 1);
    assertThat(receiver.received().getFirst().json().path("text").asString())
        .startsWith("Of the allowance toy:low (requests) 5 % are left, until ");

    jdbc.sql("update rate_budget set remaining = 90 where budget_key = 'toy:low'").update();

    await().atMost(SOON).until(() -> receiver.accepted().size() == 2);
    assertThat(receiver.accepted()).containsExactly("TROUBLE", "RECOVERY");
  }

  @Test
  void a_quarantine_that_grows_is_told_for_the_connections_watched() {
    long watched = connect(box);
    long other = connect(box);
    var body = webhook(receiver.url(), "QUARANTINE_GROWING");
    body.put("connections", java.util.List.of(watched));
    body.put("quarantinePerHour", 3);
    created(body);

    setAside(other, 5);
    setAside(watched, 3);

    await().atMost(SOON).until(() -> !receiver.accepted().isEmpty());
    assertThat(receiver.received())
        .singleElement()
        .satisfies(
            told -> {
              assertThat(told.json().path("subject").asString()).isEqualTo("connection " + watched);
              assertThat(told.json().path("text").asString()).startsWith("3 records of Toys ");
            });
  }

  @Test
  void an_alert_that_is_switched_off_or_changed_tells_nothing_of_before() {
    receiver.answer(500);
    var body = webhook(receiver.url(), "JOB_FAILED");
    long alert = created(body);
    box.breakAt("/boards", 401);
    start(connect(box), "FAILED");
    await().atMost(SOON).until(() -> !receiver.received().isEmpty());

    body.put("enabled", false);
    api("PUT", "alerts/" + alert, json(body));

    assertThat(incidents(alert).findValuesAsString("state")).containsOnly("GIVEN_UP");
    assertThat(incidents(alert).findValuesAsString("error")).contains("the alert was changed");
    assertThat(incidents(alert).findValue("endedAt").isNull()).isFalse();
  }

  @Test
  void mail_arrives() throws Exception {
    created(mail("operator@example.com", "JOB_FAILED"));
    box.breakAt("/boards", 401);
    long job = connect(box);

    start(job, "FAILED");

    assertThat(MAIL.waitForIncomingEmail(SOON.toMillis(), 1)).isTrue();
    var mail = MAIL.getReceivedMessages()[0];
    assertThat(mail.getSubject()).startsWith("[Pulse] Toys ").contains("failed");
    assertThat(mail.getAllRecipients()[0]).hasToString("operator@example.com");
    assertThat(mail.getFrom()[0]).hasToString("pulse@example.com");
    assertThat(mail.getContent().toString()).contains("About: job " + job);
    MAIL.purgeEmailFromAllMailboxes();
  }

  private void start(long job, String end) {
    long before = runs(job);
    api("POST", "jobs/" + job + "/start", "");
    await().atMost(SOON).until(() -> runs(job) > before && state(job).equals(end));
  }

  private long runs(long job) {
    return jdbc.sql("select count(*) from run where job_id = ?")
        .param(job)
        .query(Long.class)
        .single();
  }

  private void late(long job, int minutes) {
    jdbc.sql(
            """
            update job
               set interval_seconds = 600, last_success = clock_timestamp() - make_interval(mins => ?)
             where id = ?
            """)
        .params(minutes, job)
        .update();
  }

  private void setAside(long connection, int records) {
    jdbc.sql(
            """
            insert into quarantine (connection_id, stream, partition, label, external_id, reason, raw)
            select ?, 'cards', 'red', 'Red', n::text, 'a test', '{}' from generate_series(1, ?) as n
            """)
        .params(connection, records)
        .update();
  }

  private static String hmac(String body) throws Exception {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
  }
}
