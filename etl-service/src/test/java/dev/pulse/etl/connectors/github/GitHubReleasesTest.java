package dev.pulse.etl.connectors.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.connectors.ConnectorFixture;
import dev.pulse.etl.connectors.TestedSource;
import dev.pulse.local.Simulator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

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
    simulator.world().releases().create(simulator.world().repository(1));

    sync();

    assertEqualToWorld();
  }

  @Test
  void a_draft_that_is_published_is_the_same_release() {
    var drafts =
        simulator.world().repositories().stream()
            .flatMap(each -> simulator.world().releases().of(each).stream())
            .filter(each -> each.draft())
            .toList();
    assertThat(drafts).isNotEmpty();
    var rows = releases();

    drafts.forEach(simulator.world().releases()::edit);
    sync();

    assertEqualToWorld();
    assertThat(releases()).isEqualTo(rows);
  }

  @Test
  void an_older_release_that_was_edited_is_found_within_a_day() {
    var first = simulator.world().releases().of(simulator.world().repository(0)).getFirst();
    simulator.world().releases().edit(first);
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
  void a_release_that_was_deleted_is_marked_gone_with_the_next_sync() {
    var repository = simulator.world().repository(0);
    var first = simulator.world().releases().of(repository).getFirst();
    simulator.world().releases().delete(first);

    sync();

    assertEqualToWorld();
    assertThat(gone()).containsExactly(first.tag() + " DELETED");
  }

  @Test
  void the_last_release_that_was_deleted_is_marked_gone_too() {
    var repository = simulator.world().repository(1);
    simulator.world().releases().of(repository).forEach(simulator.world().releases()::delete);

    sync();

    assertEqualToWorld();
    assertThat(gone()).isNotEmpty();
  }

  @Test
  void a_release_that_cannot_be_read_is_not_taken_for_deleted() {
    proxied(
        release -> {
          if (release.path("tagName").asString().equals("v1.0.0")) release.putNull("createdAt");
        });

    sync();

    assertThat(gone()).isEmpty();
    assertThat(counter("quarantined")).isEqualTo(1);
  }

  @Test
  void a_list_of_several_requests_is_whole() {
    var repository = simulator.world().repository(0);
    for (int i = 0; i < 250; i++) simulator.world().releases().create(repository);
    sync();
    assertEqualToWorld();
    simulator.world().releases().delete(simulator.world().releases().of(repository).get(120));

    sync();

    assertEqualToWorld();
    assertThat(gone()).hasSize(1);
  }

  private List<String> gone() {
    return texts(
        "select tag || ' ' || gone_reason from release where connection_id = ? and deleted_at is"
            + " not null");
  }

  private interface Spoil {
    void release(ObjectNode release);
  }

  /** Changes the releases in answers from now on, of a connection made anew. */
  private void proxied(Spoil spoil) {
    disconnect();
    proxy().passOn();
    sync();
    simulator.world().releases().create(simulator.world().repository(0));
    proxy()
        .answer(
            (asked, from) -> {
              var answer = from.answer(asked);
              if (!asked.body().contains("query Releases(")) return answer;
              var json = answer.json();
              for (var each : json.at("/data/node/releases/nodes")) {
                spoil.release((ObjectNode) each);
              }
              return answer.with(json);
            });
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
