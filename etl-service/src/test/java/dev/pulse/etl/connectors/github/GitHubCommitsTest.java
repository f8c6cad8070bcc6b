package dev.pulse.etl.connectors.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.connectors.ConnectorFixture;
import dev.pulse.etl.connectors.TestedSource;
import dev.pulse.local.Simulator;
import dev.pulse.local.faults.Fault;
import dev.pulse.local.faults.Fault.Kind;
import dev.pulse.local.world.Repository;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Default branches that move after the first sync. */
class GitHubCommitsTest extends ConnectorFixture {

  private Repository repository;

  @Override
  protected TestedSource tested(Simulator simulator) {
    return new TestedGitHub(simulator);
  }

  @BeforeEach
  void everything_is_read() {
    repository = simulator.world().repository(1);
    simulator.world().histories().push(repository);
    sync();
    simulator.requests().reset();
  }

  @Test
  void what_was_pushed_is_read_without_the_history_before() {
    IntStream.range(0, 130).forEach(i -> simulator.world().histories().push(repository));

    sync();

    assertEqualToWorld();
    assertThat(comparisons()).isEqualTo(2);
    assertThat(simulator.requests().counts()).doesNotContainKey("github graphql Commits");
  }

  @Test
  void quiet_branches_are_not_asked_for() {
    sync();

    assertThat(comparisons()).isZero();
    assertThat(simulator.requests().counts()).doesNotContainKey("github graphql Commits");
  }

  @Test
  void a_branch_that_was_rewritten_is_read_from_where_it_parted() {
    simulator.world().histories().rewrite(repository);

    sync();

    assertEqualToWorld();
    assertThat(simulator.requests().counts()).doesNotContainKey("github graphql Commits");
  }

  @Test
  void when_github_cannot_compare_the_history_is_read_again() {
    simulator.world().histories().push(repository);
    simulator.faults().add(Fault.of(Kind.NOT_FOUND, "github").on("repos/compare"));

    sync();

    assertEqualToWorld();
    assertThat(counter("unchanged")).isPositive();
  }

  @Test
  void when_the_commit_before_vanishes_in_mid_comparison_the_history_is_read_again() {
    IntStream.range(0, 130).forEach(i -> simulator.world().histories().push(repository));
    simulator.faults().add(Fault.of(Kind.NOT_FOUND, "github").on("repos/compare").after(1));

    sync();

    assertThat(comparisons()).isEqualTo(2);
    assertEqualToWorld();
  }

  private long comparisons() {
    return simulator.requests().counts().getOrDefault("github repos/compare", 0L);
  }
}
