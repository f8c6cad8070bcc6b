package dev.pulse.etl.connectors;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Puts what nobody expects in the place of whatever there is in a record. */
public final class JsonSpoiling {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private JsonSpoiling() {}

  /** Something put into one place of a record; applied to a copy of it. */
  public record Spoil(int place, JsonNode value) {

    /** Puts the value in the place of one of all the values there are. */
    public void into(JsonNode root) {
      var places = new ArrayList<Runnable>();
      collect(root, value.deepCopy(), places);
      if (!places.isEmpty()) places.get(place % places.size()).run();
    }
  }

  /** One to three spoils. */
  public static Arbitrary<List<Spoil>> spoils() {
    return Combinators.combine(Arbitraries.integers().between(0, 10_000), values())
        .as(Spoil::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  private static Arbitrary<JsonNode> values() {
    return Arbitraries.of(
        JSON.nullNode(),
        JSON.stringNode(""),
        JSON.stringNode("\u0000\ud800 -1e999"),
        JSON.stringNode("9999999999999999999"),
        JSON.stringNode("+999999999-12-31T23:59:59Z"),
        JSON.numberNode(Long.MIN_VALUE),
        JSON.numberNode(Long.MAX_VALUE),
        JSON.numberNode(Double.POSITIVE_INFINITY),
        JSON.numberNode(new BigInteger("9".repeat(400))),
        JSON.numberNode(new BigDecimal("1e5000")),
        JSON.booleanNode(true),
        JSON.arrayNode(),
        JSON.arrayNode().add(JSON.nullNode()).add(JSON.arrayNode()),
        JSON.objectNode(),
        JSON.objectNode().put("id", 1).put("total", -1));
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
