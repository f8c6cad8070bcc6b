package dev.pulse.etl.connectors.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.records.Comment;
import dev.pulse.etl.connectors.records.WorkItem;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All comments of an issue, and when they are not known to be all. */
class JiraOverflowTest extends ScriptedSiteTest {

  @Test
  void all_comments_of_an_issue_are_read_so_that_deleted_ones_are_noticed() throws Exception {
    site.on("issue/1/comment", 200, "{\"comments\":[{\"id\":\"1\"},{\"id\":\"2\"}],\"total\":3}")
        .on("issue/1/comment", 200, "{\"comments\":[{\"id\":\"2\"},{\"id\":\"3\"}],\"total\":3}");

    var page = owed(open(), "comments").read(List.of(debt("1")), null);

    assertThat(page.records()).extracting("externalId").containsExactly("1", "2", "3");
    assertThat(page.childLists())
        .containsExactly(new Page.ChildList(Comment.class, WorkItem.class, "1"));
    assertThat(page.last()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"4, 3", "4, 4"})
  void a_comment_that_is_deleted_between_two_requests_makes_no_other_look_deleted(
      int before, int after) throws Exception {
    site.on("issue/1/comment", 200, comments(before, 1, 2))
        .on("issue/1/comment", 200, comments(after, 3, 4));

    var page = owed(open(), "comments").read(List.of(debt("1")), null);

    assertThat(page.childLists()).isEmpty();
    assertThat(page.owed()).singleElement().extracting("parentId").isEqualTo("1");
    assertThat(page.last()).isTrue();
  }

  @Test
  void a_list_that_ends_before_its_end_is_not_whole() throws Exception {
    site.on("issue/1/comment", 200, comments(2));

    var page = owed(open(), "comments").read(List.of(debt("1")), null);

    assertThat(page.childLists()).isEmpty();
    assertThat(page.owed()).singleElement().extracting("parentId").isEqualTo("1");
  }

  @Test
  void a_list_that_does_not_say_how_many_there_are_is_a_failure() {
    site.on("issue/1/comment", 200, "{\"comments\":[{\"id\":\"1\"}]}");

    assertThatThrownBy(() -> owed(open(), "comments").read(List.of(debt("1")), null))
        .isInstanceOf(SourceUnavailable.class);
  }

  @Test
  void of_more_than_a_thousand_none_is_missed_between_two_pages() throws Exception {
    var thousand = IntStream.rangeClosed(1, 1_000).toArray();
    site.on("issue/1/comment", 200, comments(1_002, thousand))
        .on("issue/1/comment", 200, comments(1_001, 1_002));
    var stream = owed(open(), "comments");

    var first = stream.read(List.of(debt("1")), null);
    var second = stream.read(List.of(debt("1")), first.next());

    assertThat(first.next()).isNotNull();
    assertThat(second.owed()).singleElement().extracting("parentId").isEqualTo("1");
    assertThat(second.last()).isTrue();
  }

  private static String comments(int total, int... ids) {
    return Arrays.stream(ids)
        .mapToObj("{\"id\":\"%d\"}"::formatted)
        .collect(Collectors.joining(",", "{\"comments\":[", "],\"total\":" + total + "}"));
  }

  @Test
  void comments_that_may_not_be_read_stay_owed() throws Exception {
    site.on("issue/2/comment", 403, "{}");
    var comments = owed(open(), "comments");

    var hidden = comments.read(List.of(debt("1")), null);
    var refused = comments.read(List.of(debt("2")), null);

    assertThat(hidden.last()).isTrue();
    assertThat(hidden.owed()).singleElement().extracting("parentId").isEqualTo("1");
    assertThat(hidden.unreadable()).isEmpty();
    assertThat(refused.last()).isTrue();
    assertThat(refused.owed()).singleElement().extracting("parentId").isEqualTo("2");
    assertThat(refused.unreadable())
        .singleElement()
        .extracting("externalId")
        .isEqualTo("comments of 2");
  }
}
