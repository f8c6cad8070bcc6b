package dev.pulse.etl.connectors.github;

import static dev.pulse.etl.connectors.github.GitHubIssueAnswers.SECOND;
import static dev.pulse.etl.connectors.github.GitHubIssueAnswers.info;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.pulse.etl.connectors.Page.ChildList;
import dev.pulse.etl.connectors.Page.Unreadable;
import dev.pulse.etl.connectors.records.Release;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How the milestones of a repository are read. */
class GitHubMilestonesTest extends ScriptedGitHubTest {

  @Test
  void all_milestones_of_a_repository_are_one_page_so_that_a_deleted_one_is_missed()
      throws InterruptedException {
    github
        .on("Milestones", 200, milestones("c1", milestone(1, "\"OPEN\"")))
        .on("Milestones", 200, milestones(null, milestone(2, "\"CLOSED\"")));

    var page = read("milestones", null, 100);

    assertThat(github.asked().get(1)).contains("\"after\":\"c1\"");
    assertThat(page.childLists()).containsExactly(new ChildList(Release.class, "R_1"));
    assertThat(page.records().stream().filter(Release.class::isInstance).map(Release.class::cast))
        .extracting(Release::kind, Release::projectId, Release::state, Release::dueOn)
        .containsExactly(
            tuple("milestone", "R_1", "PLANNED", "2026-02-01"),
            tuple("milestone", "R_1", "RELEASED", "2026-02-01"));
  }

  @Test
  void an_unreadable_milestone_is_set_aside_and_none_is_taken_for_gone()
      throws InterruptedException {
    github.on("Milestones", 200, milestones(null, milestone(1, "null"), "null"));

    var page = read("milestones", null, 100);

    assertThat(page.unreadable())
        .extracting(Unreadable::externalId)
        .containsExactly("MI_1", "R_1 milestone");
    assertThat(page.childLists()).isEmpty();
  }

  private static String milestone(int number, String state) {
    return """
    {"id":"MI_%1$d","number":%1$d,"title":"m","state":%2$s,"createdAt":"%3$s","updatedAt":"%3$s",
     "dueOn":"2026-02-01T08:00:00Z","creator":null}\
    """
        .formatted(number, state, SECOND);
  }

  private static String milestones(@Nullable String cursor, String... nodes) {
    return "{\"data\":{\"node\":{\"milestones\":{\"nodes\":[%s],\"pageInfo\":%s}}}}"
        .formatted(String.join(",", nodes), info(cursor));
  }
}
