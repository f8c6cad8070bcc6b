package dev.pulse.etl.connectors.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.connectors.ConnectorFixture;
import dev.pulse.etl.connectors.TestedSource;
import dev.pulse.local.Simulator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Releases that come, and that are edited, after the first sync. */
class GitHubReleasesTest extends ConnectorFixture {

  @Override
  protected TestedSource tested(Simulator simulator) {
    return new TestedGitHub(simulator);
  }

  @BeforeEach
  void everything_is_read() {
    sync();
    simulator.requests().reset();
  }

  @Test
  void a_new_release_is_read_with_the_next_sync() {
    simulator.world().createRelease(simulator.world().repository(1));

    sync();

    assertEqualToWorld();
  }

  @Test
  void a_draft_that_is_published_is_the_same_release() {
    var drafts =
        simulator.world().repositories().stream()
            .flatMap(each -> simulator.world().releases(each).stream())
            .filter(each -> each.draft())
            .toList();
    assertThat(drafts).isNotEmpty();
    var rows = releases();

    drafts.forEach(simulator.world()::editRelease);
    sync();

    assertEqualToWorld();
    assertThat(releases()).isEqualTo(rows);
  }

  @Test
  void an_older_release_that_was_edited_is_found_within_a_day() {
    var first = simulator.world().releases(simulator.world().repository(0)).getFirst();
    simulator.world().editRelease(first);
    sync();
    jdbc.sql(
            "update checkpoint set completed_at = completed_at - interval '24 hours'"
                + " where connection_id = ? and stream = 'releases'")
        .param(connection)
        .update();

    sync();

    assertEqualToWorld();
  }

  @Test
  void quiet_repositories_are_not_asked_for_their_releases() {
    sync();

    assertThat(simulator.requests().counts()).doesNotContainKey("github graphql Releases");
  }

  private List<String> releases() {
    return texts("select id::text from release where connection_id = ? order by id");
  }
}
