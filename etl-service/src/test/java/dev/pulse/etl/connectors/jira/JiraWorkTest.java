package dev.pulse.etl.connectors.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.connectors.ConnectorFixture;
import dev.pulse.etl.connectors.TestedSource;
import dev.pulse.local.Simulator;
import dev.pulse.local.world.Work;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Work that is logged, changed and deleted without its issue showing that anything happened. */
class JiraWorkTest extends ConnectorFixture {

  @Override
  protected TestedSource tested(Simulator simulator) {
    return new TestedJira(simulator);
  }

  @BeforeEach
  void everything_is_read() {
    simulator.jira().worklogSilence(Duration.ZERO);
    sync();
  }

  @Test
  void work_logged_and_changed_since_is_read_although_its_issue_looks_unchanged() {
    var work = simulator.world().work();
    work.log(4);
    work.change(entry(0), 7_200);
    work.change(entry(11), 60);

    sync();

    assertEqualToWorld();
    assertThat(counter("inserted")).isEqualTo(1);
    assertThat(counter("updated")).isEqualTo(2);
  }

  @Test
  void deleted_work_is_gone_because_the_source_says_so() {
    var work = simulator.world().work();
    work.delete(entry(0));
    work.delete(entry(11));
    work.delete(work.log(4));

    sync();

    assertEqualToWorld();
    assertThat(
            texts(
                "select gone_reason from worklog where connection_id = ? and deleted_at is not"
                    + " null"))
        .containsExactly("DELETED", "DELETED");
    assertThat(job().path("rows").asLong()).isEqualTo(storedRows());
    assertThat(counter("deleted")).isEqualTo(2);

    sync();

    assertThat(counter("deleted")).isZero();
  }

  @Test
  void changes_beyond_one_page_are_read_to_the_end() {
    simulator.jira().worklogPage(3);
    IntStream.range(0, 10).forEach(simulator.world().work()::log);
    IntStream.range(0, 30)
        .filter(i -> i % 3 == 0)
        .forEach(i -> simulator.world().work().delete(entry(i)));

    sync();

    assertEqualToWorld();
  }

  @Test
  void work_on_issues_outside_the_scope_is_not_kept() {
    var outside = simulator.world().projects().getFirst().key();
    var scope = "{\"exclude\":[\"%s\"]}".formatted(outside);
    assertThat(api("PUT", "connections/" + connection + "/scope", scope).status()).isEqualTo(200);
    sync();
    var before = storedRows();
    simulator.world().work().log(0);

    sync();

    assertThat(storedRows()).isEqualTo(before);
  }

  private Work.Entry entry(int issue) {
    return simulator.world().work().on(simulator.world().issue(issue)).getFirst();
  }
}
