package dev.pulse.etl.connectors.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class JiraQueryTest {

  @Test
  void a_first_load_goes_by_the_time_of_creation_which_never_changes() {
    assertThat(new JiraQuery(List.of("10000"), null, null, "created").jql())
        .isEqualTo("project in (10000) order by created asc, key asc");
  }

  @Test
  void times_are_milliseconds_and_their_boundary_is_read_again() {
    var floor = Instant.parse("2024-11-29T10:44:51.123Z");

    assertThat(new JiraQuery(List.of("1", "2"), floor, 1_732_877_099_000L, "updated").jql())
        .isEqualTo(
            "project in (1,2) and updated >= 1732877091123 and updated >= 1732877099000"
                + " order by updated asc, key asc");
  }

  @Test
  void an_id_that_is_no_number_cannot_end_its_own_text() {
    assertThat(new JiraQuery(List.of("A\") or (\"x\\\" = \"\n"), null, null, "created").jql())
        .isEqualTo(
            "project in (\"A\\\") or (\\\"x\\\\\\\" = \\\" \") order by created asc, key asc");
  }

  @Test
  void a_search_of_no_projects_would_be_one_of_all() {
    assertThatThrownBy(() -> new JiraQuery(List.of(), null, null, "created"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
