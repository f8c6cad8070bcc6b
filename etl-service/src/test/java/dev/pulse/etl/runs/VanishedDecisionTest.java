package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.EtlTest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An operator decides about what was looked at, and about nothing else. */
class VanishedDecisionTest extends EtlTest {

  @Autowired JdbcClient jdbc;

  private long id;

  @BeforeEach
  void three_rows_wait() {
    id =
        jdbc.sql(
                """
                insert into connection (connector, name, settings, secrets, scope, network)
                values ('toy', 'decisions', '{}', '{}', '{}', '{}')
                returning id
                """)
            .query(Long.class)
            .single();
    jdbc.sql("insert into job (id) values (?)").param(id).update();
    vanished("issue_census", "1");
    vanished("issue_census", "2");
    vanished("board_census", "1");
  }

  @AfterEach
  void none_waits() {
    jdbc.sql("delete from vanished where connection_id = ?").param(id).update();
    jdbc.sql("delete from job where id = ?").param(id).update();
    jdbc.sql("delete from connection where id = ?").param(id).update();
  }

  @Test
  void what_vanished_after_the_look_waits_for_another() {
    long seen = last("issue_census");
    vanished("issue_census", "3");

    var reply = approve("issue_census", seen, 2);

    assertThat(reply.json().path("rows").asInt()).isEqualTo(2);
    assertThat(approved()).containsExactly("issue_census 1", "issue_census 2");
  }

  @Test
  void nothing_is_approved_if_it_is_not_as_much_as_was_looked_at() {
    var reply = approve("issue_census", last("issue_census"), 3);

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.json().path("code").asString()).isEqualTo("VANISHED_CHANGED");
    assertThat(approved()).isEmpty();
    assertThat(approve("issue_census", last("issue_census"), 2).status()).isEqualTo(200);
    assertThat(approve("issue_census", last("issue_census"), 2).status()).isEqualTo(409);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stream | {\"upTo\":1,\"rows\":1}",
        "upTo | {\"stream\":\"issue_census\",\"rows\":1}",
        "rows | {\"stream\":\"issue_census\",\"upTo\":1}"
      })
  void whoever_does_not_say_what_was_looked_at_is_refused(String field, String body) {
    var reply = api("POST", "jobs/" + id + "/vanished/approve", body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("errors").path(0).path("field").asString()).isEqualTo(field);
  }

  private Reply approve(String stream, long upTo, int rows) {
    var body = "{\"stream\":\"%s\",\"upTo\":%d,\"rows\":%d}".formatted(stream, upTo, rows);
    return api("POST", "jobs/" + id + "/vanished/approve", body);
  }

  private void vanished(String stream, String externalId) {
    jdbc.sql(
            "insert into vanished (connection_id, stream, partition, external_id) values (?, ?,"
                + " 'p', ?)")
        .params(id, stream, externalId)
        .update();
  }

  private long last(String stream) {
    return jdbc.sql("select max(id) from vanished where connection_id = ? and stream = ?")
        .params(id, stream)
        .query(Long.class)
        .single();
  }

  private List<String> approved() {
    return jdbc.sql(
            "select stream || ' ' || external_id from vanished where connection_id = ? and"
                + " approved_at is not null order by id")
        .param(id)
        .query(String.class)
        .list();
  }
}
