package dev.pulse.etl.connectors.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.etl.connectors.SourceFailure.PositionExpired;
import dev.pulse.etl.platform.json.SourceJson;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Where a search of Data Center goes on, whatever happens to the records meanwhile. */
class JiraOffsetTest {

  private static final String JQL = "project in (1) order by created asc, key asc";
  private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");
  private static final JiraOffset BEGIN = JiraOffset.of(null);

  @Test
  void the_next_page_begins_at_the_last_time_read_so_that_a_deletion_hides_nothing() {
    var next = BEGIN.after(issues("2026-01-01T00:00:01.500+0000"), "created", NOW);

    assertThat(next.startAt()).isZero();
    assertThat(next.bounded(JQL))
        .isEqualTo("project in (1) and created >= 1767225601000 order by created asc, key asc");
  }

  @Test
  void a_page_within_one_second_goes_on_by_number() {
    var first = BEGIN.after(issues("2026-01-01T00:00:01.500+0000"), "created", NOW);
    var same = issues("2026-01-01T00:00:01.500+0000", "2026-01-01T00:00:01.900+0000");

    assertThat(first.after(same, "created", NOW)).isEqualTo(new JiraOffset(first.from(), 2));
  }

  @Test
  void a_time_that_is_yet_to_come_or_cannot_be_read_is_none_to_go_on_from() {
    assertThat(BEGIN.after(issues("9998-01-01T00:00:00.000+0000"), "created", NOW))
        .isEqualTo(new JiraOffset(0, 1));
    assertThat(BEGIN.after(issues("yesterday"), "created", NOW)).isEqualTo(new JiraOffset(0, 1));
  }

  @Test
  void a_token_says_where_it_is() {
    var offset = new JiraOffset(7_000, 3);

    assertThat(JiraOffset.of(offset.token())).isEqualTo(offset);
    assertThatThrownBy(() -> JiraOffset.of("x")).isInstanceOf(PositionExpired.class);
  }

  private static JsonNode issues(String... created) {
    var issues = SourceJson.MAPPER.createArrayNode();
    for (var each : created) {
      var issue = issues.addObject().put("id", "issue " + issues.size());
      issue.putObject("fields").put("created", each);
    }
    return issues;
  }
}
