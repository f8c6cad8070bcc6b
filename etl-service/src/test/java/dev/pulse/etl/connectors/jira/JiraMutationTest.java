package dev.pulse.etl.connectors.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.connectors.JsonSpoiling;
import dev.pulse.etl.connectors.JsonSpoiling.Spoil;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.UnreadableRecord;
import dev.pulse.etl.connectors.records.WorkItem;
import dev.pulse.etl.platform.json.SourceJson;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is put in the place of whatever: an issue is read, or said to be unreadable. */
class JiraMutationTest {

  @Property(tries = 1_500)
  void a_spoiled_issue_is_read_or_said_to_be_unreadable(@ForAll("spoils") List<Spoil> spoils) {
    var issue = JiraIssueMapperTest.issue();
    spoils.forEach(spoil -> spoil.into(issue));

    try {
      assertThat(JiraIssueMapperTest.map(issue).records())
          .hasAtLeastOneElementOfType(WorkItem.class);
    } catch (UnreadableRecord e) {
      assertThat(e).hasMessageMatching("[a-z.]+: [a-z ,]+");
    }
  }

  @Property(tries = 500)
  void a_spoiled_history_is_read_or_said_to_be_unreadable(@ForAll("spoils") List<Spoil> spoils) {
    var history =
        SourceJson.MAPPER.readTree(
            """
            {"issueId":"1","changeHistories":[{"id":"7","author":{"accountId":"5b"},
              "created":1492070429,"items":[{"field":"status","fieldId":"status","from":"1",
              "fromString":"To Do","to":"2","toString":"Done"}]}]}
            """);
    spoils.forEach(spoil -> spoil.into(history));
    var page = Page.servedAt(Instant.EPOCH);

    try {
      JiraChangelog.changes(history, page);
      assertThat(page.last().records()).hasSizeLessThan(5);
    } catch (UnreadableRecord e) {
      assertThat(e).hasMessageMatching("[a-zI]+: [a-z ,]+");
    }
  }

  @Provide
  Arbitrary<List<Spoil>> spoils() {
    return JsonSpoiling.spoils();
  }
}
