package dev.pulse.etl.connectors.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.connectors.ConnectorFixture;
import dev.pulse.etl.connectors.TestedSource;
import dev.pulse.local.Simulator;
import dev.pulse.local.faults.Fault;
import dev.pulse.local.faults.Fault.Kind;
import dev.pulse.local.world.Pointers;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Remote links and the development panel: read when a person says so, and at what cost. */
class JiraHintsTest extends ConnectorFixture {

  private final Map<String, String> chosen = new HashMap<>();

  @Override
  protected TestedSource tested(Simulator simulator) {
    return new TestedJira(simulator) {
      @Override
      public Map<String, String> settings(URI address) {
        var settings = new HashMap<>(super.settings(address));
        settings.putAll(chosen);
        return settings;
      }
    };
  }

  @Test
  void nothing_is_asked_for_unless_a_person_says_so() {
    sync();

    assertThat(texts("select external_id from link_hint where connection_id = ?")).isEmpty();
    assertThat(asked("issue/remotelink") + asked("dev-status")).isZero();
  }

  @Test
  void remote_links_and_code_are_read_at_a_request_for_each_issue_that_has_any() {
    chosen.put("remoteLinks", "yes");
    chosen.put("development", "yes");

    sync();

    assertThat(hints()).containsExactlyInAnyOrderElementsOf(truth());
    int issues = simulator.world().issueCount();
    assertThat(asked("issue/remotelink")).isEqualTo(issues);
    assertThat(asked("dev-status")).isEqualTo((issues + 5) / 6);

    simulator.requests().reset();
    sync();

    assertThat(counter("inserted") + counter("updated") + counter("deleted")).isZero();
    assertThat(asked("issue/remotelink") + asked("dev-status")).isZero();
  }

  @Test
  void only_the_panel_of_issues_that_have_one_is_asked_for() {
    chosen.put("development", "yes");

    sync();

    assertThat(asked("issue/remotelink")).isZero();
    assertThat(hints()).isNotEmpty().allMatch(each -> each.startsWith("dev_status"));
  }

  @Test
  void an_issue_that_refuses_its_links_costs_no_other_its_own() {
    chosen.put("remoteLinks", "yes");
    simulator.faults().add(Fault.of(Kind.FORBIDDEN, "jira").matching("issue/10003/remotelink"));

    sync();

    assertThat(hints())
        .containsExactlyInAnyOrderElementsOf(
            truth().stream()
                .filter(each -> each.startsWith("remote_link") && !each.contains("|10003|"))
                .toList());
  }

  @Test
  void an_issue_whose_panel_is_refused_is_set_aside_and_costs_no_other_its_own() {
    chosen.put("development", "yes");
    panel("10000", Kind.FORBIDDEN);
    panel("10006", Kind.NOT_FOUND);
    panel("10012", Kind.STATUS, 404);
    panel("10018", Kind.STATUS, 400);
    var refused = List.of("10000", "10006", "10012", "10018");

    sync();

    assertThat(hints())
        .containsExactlyInAnyOrderElementsOf(
            truth().stream()
                .filter(each -> each.startsWith("dev_status"))
                .filter(each -> refused.stream().noneMatch(id -> each.contains("|" + id + "|")))
                .toList());
    assertThat(aside()).containsExactlyInAnyOrderElementsOf(refused);
  }

  @Test
  void a_panel_that_is_refused_later_leaves_what_was_read_of_it() {
    chosen.put("development", "yes");
    sync();
    var before = hints();
    panel("10000", Kind.FORBIDDEN);
    simulator.world().editIssue(0);

    sync();

    assertThat(hints()).containsExactlyInAnyOrderElementsOf(before);
    assertThat(aside()).containsExactly("10000");

    simulator.faults().clear();
    simulator.world().editIssue(0);
    sync();

    assertThat(aside()).isEmpty();
  }

  private void panel(String issue, Kind kind) {
    simulator.faults().add(Fault.of(kind, "jira").matching("issueId=" + issue));
  }

  private void panel(String issue, Kind kind, int status) {
    var fault = Fault.of(kind, "jira").matching("issueId=" + issue);
    simulator.faults().add(fault.number(status));
  }

  private List<String> aside() {
    return texts("select external_id from quarantine where connection_id = ?");
  }

  private long asked(String operation) {
    return simulator.requests().counts().entrySet().stream()
        .filter(each -> each.getKey().contains(operation))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private List<String> hints() {
    return texts(
        "select concat_ws('|', kind, from_id, target_kind, url, text) from link_hint where"
            + " connection_id = ? and deleted_at is null");
  }

  private List<String> truth() {
    var truth = new ArrayList<String>();
    for (int i = 0; i < simulator.world().issueCount(); i++) {
      var issue = simulator.world().issue(i);
      for (var each : Pointers.remoteLinks(issue)) {
        truth.add("remote_link|%d|%s|%s".formatted(issue.id(), each.url(), each.title()));
      }
      for (var each : Pointers.pullRequests(issue)) {
        truth.add(
            "dev_status|%d|pull_request|%s|%s".formatted(issue.id(), each.url(), each.title()));
      }
    }
    return truth;
  }
}
