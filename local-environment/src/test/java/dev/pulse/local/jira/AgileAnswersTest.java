package dev.pulse.local.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.local.OfficialContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * Holds what the simulated Jira answers about boards and sprints against the examples of the
 * vendor's description, which has no schemas for them: each member is in an example, and is of the
 * same type there.
 */
@EnabledIfEnvironmentVariable(
    named = "PULSE_CONTRACTS",
    matches = ".+",
    disabledReason = "skipped: PULSE_CONTRACTS names no folder with the vendors' contracts")
class AgileAnswersTest {

  private static final String FILE = "jira/jira-software-agile-1.0.trimmed.json";

  /** Boards have had it for years. */
  private static final Set<String> NOT_IN_THE_EXAMPLES = Set.of("location");

  private static final String REST = "/rest/agile/1.0/";

  @ParameterizedTest
  @CsvSource({
    "board, board?maxResults=50",
    "board/{boardId}, board/10007",
    "board/{boardId}/sprint, board/10007/sprint",
    "sprint/{sprintId}, sprint/10003",
  })
  void what_is_answered_is_as_in_the_examples(String operation, String path) throws Exception {
    try (var site = new JiraSite()) {
      var answer = site.send(site.request("jira" + REST + path).GET());

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(complaints("", JiraSite.JSON.readTree(answer.body()), example(operation)))
          .isEmpty();
    }
  }

  @Test
  void what_is_not_as_in_the_examples_is_noticed() {
    var example = example("sprint/{sprintId}");
    var odd = JiraSite.JSON.readTree("{\"id\":\"7\",\"begin\":1}");

    assertThat(complaints("", odd, example)).hasSize(2);
  }

  private static List<String> complaints(String at, JsonNode found, JsonNode example) {
    var complaints = new ArrayList<String>();
    if (found.isArray() && example.isArray()) {
      var union = JiraSite.JSON.createObjectNode();
      example.forEach(each -> each.properties().forEach(e -> union.set(e.getKey(), e.getValue())));
      for (var each : found) complaints.addAll(complaints(at + "[]", each, union));
    } else if (found.isObject() && example.isObject()) {
      for (var each : found.properties()) {
        var name = at + "." + each.getKey();
        if (NOT_IN_THE_EXAMPLES.contains(each.getKey())) continue;
        if (!example.has(each.getKey())) complaints.add(name + " is not in the example");
        else complaints.addAll(complaints(name, each.getValue(), example.get(each.getKey())));
      }
    } else if (found.getNodeType() != example.getNodeType()) {
      complaints.add(at + " should be " + example.getNodeType().name().toLowerCase(Locale.ROOT));
    }
    return complaints.stream().distinct().toList();
  }

  private static JsonNode example(String operation) {
    var example =
        JiraSite.JSON
            .readTree(OfficialContract.file(FILE))
            .path("paths")
            .path(REST + operation)
            .path("get")
            .at("/responses/200/content/application~1json/example");
    assertThat(example.isMissingNode()).as(operation).isFalse();
    return example.isString() ? JiraSite.JSON.readTree(example.asString()) : example;
  }
}
