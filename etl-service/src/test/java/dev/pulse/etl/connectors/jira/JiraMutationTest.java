package dev.pulse.etl.connectors.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.UnreadableRecord;
import dev.pulse.etl.connectors.records.WorkItem;
import dev.pulse.etl.platform.json.SourceJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Whatever is put in the place of whatever: an issue is read, or said to be unreadable. */
class JiraMutationTest {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  @Property(tries = 1_500)
  void a_spoiled_issue_is_read_or_said_to_be_unreadable(
      @ForAll("places") List<Integer> places, @ForAll("values") List<JsonNode> values) {
    var issue = JiraIssueMapperTest.issue();
    for (int i = 0; i < Math.min(places.size(), values.size()); i++) {
      spoil(issue, places.get(i), values.get(i).deepCopy());
    }

    try {
      assertThat(JiraIssueMapperTest.map(issue).records())
          .hasAtLeastOneElementOfType(WorkItem.class);
    } catch (UnreadableRecord e) {
      assertThat(e).hasMessageMatching("[a-z.]+: [a-z ,]+");
    }
  }

  @Property(tries = 500)
  void a_spoiled_history_is_read_or_said_to_be_unreadable(
      @ForAll("places") List<Integer> places, @ForAll("values") List<JsonNode> values) {
    var history =
        SourceJson.MAPPER.readTree(
            """
            {"issueId":"1","changeHistories":[{"id":"7","author":{"accountId":"5b"},
              "created":1492070429,"items":[{"field":"status","fieldId":"status","from":"1",
              "fromString":"To Do","to":"2","toString":"Done"}]}]}
            """);
    for (int i = 0; i < Math.min(places.size(), values.size()); i++) {
      spoil(history, places.get(i), values.get(i).deepCopy());
    }
    var page = Page.servedAt(Instant.EPOCH);

    try {
      JiraChangelog.changes(history, page);
      assertThat(page.last().records()).hasSizeLessThan(5);
    } catch (UnreadableRecord e) {
      assertThat(e).hasMessageMatching("[a-zI]+: [a-z ,]+");
    }
  }

  @Provide
  Arbitrary<List<Integer>> places() {
    return Arbitraries.integers().between(0, 10_000).list().ofMinSize(1).ofMaxSize(3);
  }

  @Provide
  Arbitrary<List<JsonNode>> values() {
    return Arbitraries.<JsonNode>of(
            JSON.nullNode(),
            JSON.stringNode(""),
            JSON.stringNode("\u0000\ud800 -1e999"),
            JSON.stringNode("9999999999999999999"),
            JSON.numberNode(Long.MIN_VALUE),
            JSON.numberNode(Long.MAX_VALUE),
            JSON.numberNode(Double.POSITIVE_INFINITY),
            JSON.numberNode(new java.math.BigInteger("9".repeat(400))),
            JSON.numberNode(new java.math.BigDecimal("1e5000")),
            JSON.booleanNode(true),
            JSON.arrayNode(),
            JSON.arrayNode().add(JSON.nullNode()).add(JSON.arrayNode()),
            JSON.objectNode(),
            JSON.objectNode().put("id", 1).put("total", -1))
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  /** Puts a value in the place of one of all the values there are. */
  private static void spoil(JsonNode root, int place, JsonNode value) {
    var places = new ArrayList<Runnable>();
    collect(root, value, places);
    if (!places.isEmpty()) places.get(place % places.size()).run();
  }

  private static void collect(JsonNode node, JsonNode value, List<Runnable> places) {
    if (node instanceof ObjectNode object) {
      for (var name : List.copyOf(object.propertyNames())) {
        places.add(() -> object.set(name, value));
        collect(object.path(name), value, places);
      }
    }
    if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        int at = i;
        places.add(() -> array.set(at, value));
        collect(array.path(i), value, places);
      }
    }
  }
}
