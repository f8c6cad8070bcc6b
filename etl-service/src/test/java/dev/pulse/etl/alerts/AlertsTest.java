package dev.pulse.etl.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Alerts over REST. */
class AlertsTest extends AlertingTest {

  @Test
  void it_is_made_shown_changed_and_deleted() {
    var body = webhook(receiver.url(), "JOB_FAILED", "JOB_LATE", "JOB_FAILED");
    var made = create(body);
    assertThat(made.status()).isEqualTo(201);
    long id = made.json().path("id").asLong();

    var shown = api("GET", "alerts/" + id, "").json().path("alert");
    assertThat(shown).isEqualTo(made.json());
    assertThat(shown.path("watched").path("conditions").valueStream().map(each -> each.asString()))
        .containsExactly("JOB_FAILED", "JOB_LATE");
    assertThat(shown.path("watched").path("lateAfter").asInt()).isEqualTo(3);
    assertThat(shown.path("enabled").asBoolean()).isTrue();

    body.put("conditions", List.of("BUDGET_LOW"));
    body.put("version", 0);
    assertThat(api("PUT", "alerts/" + id, json(body)).json().path("version").asInt()).isEqualTo(1);
    assertThat(api("PUT", "alerts/" + id, json(body)).json().path("code").asString())
        .isEqualTo("CHANGED_MEANWHILE");

    assertThat(api("DELETE", "alerts/" + id, "").status()).isEqualTo(204);
    assertThat(api("GET", "alerts/" + id, "").status()).isEqualTo(404);
    assertThat(api("DELETE", "alerts/" + id, "").status()).isEqualTo(404);
    assertThat(api("POST", "alerts/" + id + "/test", "").status()).isEqualTo(404);
  }

  @Test
  void the_list_is_read_page_by_page() {
    long first = created(webhook(receiver.url(), "JOB_FAILED"));
    long second = created(webhook(receiver.url(), "JOB_FAILED"));

    var page = api("GET", "alerts?limit=1&sort=-id", "").json();
    assertThat(page.path("items").findValuesAsString("id")).containsExactly("" + second);
    var cursor = page.path("next").asString();
    var next = api("GET", "alerts?limit=1&sort=-id&cursor=" + cursor, "").json();
    assertThat(next.path("items").findValuesAsString("id")).containsExactly("" + first);
  }

  @Test
  void a_secret_is_sealed_never_shown_and_goes_nowhere_else() {
    var body = webhook(receiver.url(), "JOB_FAILED");
    long id = created(body);

    assertThat(
            jdbc.sql("select secret from alert where id = ?")
                .param(id)
                .query(String.class)
                .single())
        .startsWith("v1.")
        .doesNotContain(SECRET);
    assertThat(api("GET", "alerts/" + id, "").json().toString())
        .doesNotContain(SECRET)
        .contains("\"secretSet\":true");

    body.remove("secret");
    body.put("url", receiver.url() + "&more=1");
    assertThat(api("PUT", "alerts/" + id, json(body)).status()).isEqualTo(200);
    assertThat(api("POST", "alerts/" + id + "/test", "").json().path("delivered").asBoolean())
        .isTrue();

    body.put("url", "http://127.0.0.2:8099/");
    var refused = api("PUT", "alerts/" + id, json(body));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("errors").path(0).path("field").asString()).isEqualTo("secret");
  }

  @Test
  void every_change_leaves_an_event_without_the_secret() {
    var body = webhook(receiver.url(), "JOB_FAILED");
    long id = created(body);
    api("PUT", "alerts/" + id, json(body));
    api("POST", "alerts/" + id + "/test", "");
    api("DELETE", "alerts/" + id, "");

    var events =
        api("GET", "audit?limit=20", "")
            .json()
            .path("items")
            .valueStream()
            .filter(each -> each.path("targetKind").asString().equals("alert"))
            .filter(each -> each.path("targetId").asString().equals("" + id))
            .toList();

    assertThat(events.stream().map(each -> each.path("action").asString()))
        .containsExactly("alert.delete", "alert.test", "alert.update", "alert.create");
    assertThat(events.toString()).doesNotContain(SECRET);
  }

  @Test
  void a_test_sends_a_real_message_and_tells_what_came_of_it() throws Exception {
    long webhook = created(webhook(receiver.url(), "JOB_FAILED"));
    assertThat(api("POST", "alerts/" + webhook + "/test", "").json().path("delivered").asBoolean())
        .isTrue();
    assertThat(receiver.received())
        .singleElement()
        .satisfies(told -> assertThat(told.kind()).isEqualTo("TEST"));

    receiver.answer(500);
    var failed = api("POST", "alerts/" + webhook + "/test", "").json();
    assertThat(failed.path("delivered").asBoolean()).isFalse();
    assertThat(failed.path("detail").asString()).isEqualTo("the receiver answered 500");

    receiver.answer(302);
    var moved = api("POST", "alerts/" + webhook + "/test", "").json();
    assertThat(moved.path("detail").asString()).isEqualTo("the receiver answered 302");
    assertThat(receiver.received()).noneMatch(each -> each.path().equals("/elsewhere"));

    long mail = created(mail("a.test@example.com", "JOB_FAILED"));
    assertThat(api("POST", "alerts/" + mail + "/test", "").json().path("delivered").asBoolean())
        .isTrue();
    assertThat(MAIL.waitForIncomingEmail(10_000, 1)).isTrue();
    assertThat(MAIL.getReceivedMessages()[0].getSubject()).startsWith("[Pulse] A test: ");
    MAIL.purgeEmailFromAllMailboxes();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://10.0.0.1/hook",
        "http://169.254.169.254/latest/meta-data",
        "https://192.168.1.1/",
        "http://93.184.216.34/",
        "http://[::ffff:10.0.0.1]/",
        "https://user@127.0.0.1/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "http://127.0.0.1/#part",
        "not a url",
        "/hook",
        ""
      })
  void a_webhook_leads_only_where_it_may(String url) {
    var refused = create(webhook(url, "JOB_FAILED"));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("errors").path(0).path("field").asString()).isEqualTo("url");
  }

  @Test
  void an_address_that_is_not_allowed_any_more_gets_nothing() {
    long id = created(webhook(receiver.url(), "JOB_FAILED"));
    jdbc.sql("update alert set url = 'http://10.0.0.1/' where id = ?").param(id).update();

    var outcome = api("POST", "alerts/" + id + "/test", "").json();

    assertThat(outcome.path("delivered").asBoolean()).isFalse();
    assertThat(outcome.path("detail").asString()).contains("not in an allowed network");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name|''|name",
        "name|null|name",
        "channel|\"PIGEON\"|channel",
        "channel|null|channel",
        "conditions|[]|conditions",
        "conditions|[\"RAIN\"]|conditions[0]",
        "conditions|[null]|conditions[0]",
        "connections|[4711000]|connections",
        "lateAfter|0|lateAfter",
        "budgetBelowPercent|91|budgetBelowPercent",
        "quarantinePerHour|0|quarantinePerHour",
        "secret|\"short\"|secret",
        "secret|null|secret",
        "to|[\"a@example.com\"]|to",
        "pigeons|1|pigeons"
      })
  void what_is_wrong_is_refused_by_name(String field, String value, String named) {
    var whole = webhook(receiver.url(), "JOB_FAILED");
    whole.remove(field);
    var body =
        json(whole)
            .replaceFirst("\\{", "{\"" + field + "\":" + (value.equals("") ? "\"\"" : value) + ",");

    var refused = api("POST", "alerts", body);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("errors").path(0).path("field").asString()).isEqualTo(named);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nobody", "a@b@c", "Me <me@example.com>", "a@example.com\\r\\nBcc: b@c.d"})
  void mail_goes_only_to_addresses(String to) {
    var refused =
        api("POST", "alerts", json(mail("TO", "JOB_FAILED")).replace("TO\"]", to + "\"]"));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("errors").path(0).path("field").asString()).isEqualTo("to[0]");
  }

  @Test
  void of_two_alerts_of_one_name_the_second_is_refused() {
    var body = webhook(receiver.url(), "JOB_FAILED");
    created(body);

    assertThat(create(body).status()).isEqualTo(409);
  }
}
