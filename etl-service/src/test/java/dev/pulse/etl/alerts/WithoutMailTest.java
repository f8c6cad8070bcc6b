package dev.pulse.etl.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.EtlTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where no mail server is set, that is said, and what to do. */
class WithoutMailTest extends EtlTest {

  @Autowired JdbcClient jdbc;

  @Test
  void an_alert_by_mail_cannot_be_made() {
    var refused = api("POST", "alerts", AlertingTest.json(AlertingTest.mail("a@b.c", "JOB_LATE")));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("errors").path(0).path("field").asString()).isEqualTo("channel");
    assertThat(refused.json().path("remedy").asString()).contains("SPRING_MAIL_HOST");
  }

  @Test
  void one_that_is_there_cannot_be_tried_out() {
    long id =
        jdbc.sql(
                """
                insert into alert (name, enabled, channel, recipients, conditions, connections, late_after,
                  budget_below_percent, quarantine_per_hour)
                values ('of before', true, 'MAIL', '{a@b.c}', '{JOB_LATE}', '{}', 3, 10, 10)
                returning id
                """)
            .query(Long.class)
            .single();

    var refused = api("POST", "alerts/" + id + "/test", "");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().path("code").asString()).isEqualTo("MAIL_NOT_SET_UP");
    api("DELETE", "alerts/" + id, "");
  }
}
