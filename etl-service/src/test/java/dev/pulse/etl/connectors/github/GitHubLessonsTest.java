package dev.pulse.etl.connectors.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.SourceProxy.Answered;
import dev.pulse.etl.connectors.ConnectorFixture;
import dev.pulse.etl.connectors.TestedSource;
import dev.pulse.local.Simulator;
import dev.pulse.local.faults.Fault;
import dev.pulse.local.faults.Fault.Kind;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What other extractors of GitHub have got wrong: see docs/architecture/lessons.md. */
class GitHubLessonsTest extends ConnectorFixture {

  @Override
  protected TestedSource tested(Simulator simulator) {
    return new TestedGitHub(simulator);
  }

  @Test
  void pages_that_are_too_heavy_shrink_and_nothing_is_missed() {
    simulator
        .faults()
        .add(Fault.of(Kind.BAD_GATEWAY_ON_BIG_PAGES, "github").on("Pulls").number(12));

    sync();

    assertEqualToWorld();
  }

  /** One heavy repository costs the others nothing. */
  @Test
  void only_the_repository_whose_pages_are_too_heavy_is_read_in_smaller_ones() {
    proxy();
    sync();
    var heavy =
        texts(
                "select external_id from repository where connection_id = ? and name = '%s'"
                    .formatted(simulator.world().repository(0).name()))
            .getFirst();
    disconnect();
    proxy().forget();
    proxy()
        .answer(
            (asked, from) -> {
              boolean big = asked.body().contains(heavy) && asked.body().contains("\"first\":50");
              return big && asked.body().contains("query Pulls(")
                  ? new Answered(502, Map.of(), "Bad Gateway")
                  : from.answer(asked);
            });

    sync();

    assertEqualToWorld();
    assertThat(firsts(heavy, true)).contains(25L);
    assertThat(firsts(heavy, false)).containsExactly(50L);
  }

  @Test
  void a_push_of_more_commits_than_one_answer_holds_is_read_whole() {
    var repository = simulator.world().repository(1);
    simulator.world().histories().push(repository);
    sync();
    for (int i = 0; i < 310; i++) simulator.world().histories().push(repository);

    sync();

    assertEqualToWorld();
    assertThat(simulator.requests().counts()).containsEntry("github repos/compare", 4L);
  }

  @Test
  void pull_requests_and_all_in_them_cost_no_request_each() {
    sync();

    long requests =
        simulator.requests().counts().entrySet().stream()
            .filter(asked -> !asked.getKey().contains("actions/"))
            .mapToLong(Map.Entry::getValue)
            .sum();

    assertThat(requests).isLessThan(source.count() / 2L);
  }

  private Set<Long> firsts(String repository, boolean of) {
    return proxy().asked().stream()
        .filter(asked -> asked.body().contains("query Pulls("))
        .map(asked -> JsonMapper.shared().readTree(asked.body()).path("variables"))
        .filter(variables -> variables.path("id").asString().equals(repository) == of)
        .map(variables -> variables.path("first").asLong())
        .collect(Collectors.toUnmodifiableSet());
  }
}
