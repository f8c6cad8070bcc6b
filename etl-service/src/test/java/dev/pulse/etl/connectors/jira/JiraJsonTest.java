package dev.pulse.etl.connectors.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.etl.connectors.UnreadableRecord;
import dev.pulse.etl.platform.json.SourceJson;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class JiraJsonTest {

  @ParameterizedTest
  @CsvSource({
    "'\"2021-03-28T16:06:08.713+0800\"', 2021-03-28T08:06:08.713Z",
    "'\"2021-03-28T16:06:08.713+08:00\"', 2021-03-28T08:06:08.713Z",
    "'\"2021-03-28T16:06:08Z\"', 2021-03-28T16:06:08Z",
    "'\"2021-10-31T01:30:00.000-0330\"', 2021-10-31T05:00:00Z",
    "1492070429, 2017-04-13T08:00:29Z",
    "1492070429123, 2017-04-13T08:00:29.123Z",
    "'\"1492070429123\"', 2017-04-13T08:00:29.123Z",
  })
  void a_time_is_read_in_every_form_that_Jira_writes(String json, Instant time) {
    assertThat(JiraJson.time(object(json), "at")).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"yesterday\"",
        "\"\"",
        "\"2021-13-28T16:06:08.713+0800\"",
        "\"+12021-01-28T16:06:08.713+0800\"",
        "{}",
        "[1]",
        "1.5",
        "true",
        "-1",
        "999999999999999",
        "99999999999999999999999999"
      })
  void what_is_no_time_says_so_without_the_contents(String json) {
    assertThatThrownBy(() -> JiraJson.time(object(json), "at"))
        .isInstanceOf(UnreadableRecord.class)
        .hasMessageStartingWith("at: ");
  }

  @Test
  void a_date_that_no_calendar_has_is_refused() {
    assertThat(JiraJson.date(object("\"2024-02-29\""), "at")).isEqualTo("2024-02-29");
    assertThat(JiraJson.date(object("null"), "at")).isNull();
    for (var odd : new String[] {"2023-02-29", "+123456-01-01", "29.02.2024", "-0001-01-01"}) {
      assertThatThrownBy(() -> JiraJson.date(object('"' + odd + '"'), "at"))
          .isInstanceOf(UnreadableRecord.class)
          .hasMessageNotContaining(odd);
    }
  }

  @Test
  void of_people_only_the_id_lasts() {
    var value =
        SourceJson.MAPPER.readTree(
            """
            [{"self":"https://x","accountId":"5b","emailAddress":"mia@example.com","active":true},
             {"self":"https://x","id":"1","iconUrl":"https://y","value":"S1"}]
            """);

    assertThat(JiraJson.lasting(value).toString())
        .isEqualTo("[{\"accountId\":\"5b\"},{\"id\":\"1\",\"value\":\"S1\"}]");
  }

  private static JsonNode object(String value) {
    return SourceJson.MAPPER.readTree("{\"at\":" + value + "}");
  }
}
