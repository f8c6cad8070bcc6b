package dev.pulse.local.launcher;

import dev.pulse.local.launcher.RequestLog.Asked;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the streams of some runs took: requests by the log of etl-service, points by the sources,
 * pages and rows by the runs. Every stream that asked for anything or stored anything is in it.
 */
final class StreamCosts {

  private static final String OUTSIDE = "outside of streams";

  private final Map<String, Cost> byStream = new TreeMap<>();

  /** What one stream of one kind of source took. */
  private static final class Cost {
    private long requests;
    private double points;
    private long pages;
    private long rows;
  }

  /**
   * Reckons.
   *
   * @param asked requests of the time that counts
   * @param connectors by the id of the connection
   * @param points by operation, as the simulated sources name them, the source's name in front
   */
  StreamCosts(Map<Asked, Long> asked, Map<Long, String> connectors, JsonNode points) {
    var ofOperations = new TreeMap<String, Long>();
    asked.forEach(
        (who, count) -> {
          cost(name(who, connectors)).requests += count;
          ofOperations.merge(operation(who, connectors), count, Long::sum);
        });
    var perRequest = new TreeMap<String, Double>();
    points
        .propertyStream()
        .forEach(
            each -> {
              var operation = shortened(each.getKey());
              double requests = ofOperations.getOrDefault(operation, 0L);
              if (requests > 0) perRequest.put(operation, each.getValue().asLong() / requests);
            });
    asked.forEach(
        (who, count) ->
            cost(name(who, connectors)).points +=
                count * perRequest.getOrDefault(operation(who, connectors), 0.0));
  }

  /** Adds what a run stored. */
  void add(String connector, Iterable<JsonNode> runStreams) {
    for (var each : runStreams) {
      var cost = cost(connector + " " + each.path("stream").asString());
      cost.pages += each.path("pages").asLong();
      for (var counter : new String[] {"inserted", "updated", "unchanged"}) {
        cost.rows += each.path(counter).asLong();
      }
    }
  }

  /** All requests, outside of streams too. */
  long total() {
    return byStream.values().stream().mapToLong(cost -> cost.requests).sum();
  }

  ObjectNode requestsPer1000(long items) {
    return each(cost -> cost.requests == 0 ? 0 : rounded(cost.requests * 1_000.0 / items));
  }

  /** Only of those that cost any. */
  ObjectNode pointsPer1000(long items) {
    return each(cost -> rounded(cost.points * 1_000.0 / items));
  }

  ObjectNode requests() {
    return each(cost -> cost.requests);
  }

  /** The figures of all streams beside the fewest requests that could do, where they are known. */
  ObjectNode besideFewest(JsonNode fewest) {
    var table = JsonMapper.shared().createObjectNode();
    byStream.forEach(
        (name, cost) -> {
          var row = table.putObject(name);
          row.put("rows", cost.rows).put("pages", cost.pages).put("requests", cost.requests);
          var least = fewestOf(name, fewest);
          if (least.isNumber()) row.put("cheapest_requests", least.asLong());
        });
    return table;
  }

  /** All streams whose fewest requests are known, by source and together. */
  ObjectNode toFewest(JsonNode fewest) {
    var sums = new TreeMap<String, long[]>();
    byStream.forEach(
        (name, cost) -> {
          var least = fewestOf(name, fewest);
          if (!least.isNumber()) return;
          for (var sum : new String[] {source(name), "all"}) {
            var pair = sums.computeIfAbsent(sum, each -> new long[2]);
            pair[0] += cost.requests;
            pair[1] += least.asLong();
          }
        });
    var ratios = JsonMapper.shared().createObjectNode();
    sums.forEach(
        (name, pair) -> {
          if (pair[1] > 0) ratios.put(name, rounded((double) pair[0] / pair[1]));
        });
    return ratios;
  }

  private static JsonNode fewestOf(String name, JsonNode fewest) {
    return fewest.path(source(name)).path(name.substring(name.indexOf(' ') + 1));
  }

  private static String source(String name) {
    return name.substring(0, name.indexOf(' '));
  }

  private ObjectNode each(ToDoubleFunction<Cost> figure) {
    var figures = JsonMapper.shared().createObjectNode();
    byStream.forEach(
        (name, cost) -> {
          double value = figure.applyAsDouble(cost);
          if (value == Math.rint(value)) {
            if (value != 0) figures.put(name, (long) value);
          } else {
            figures.put(name, value);
          }
        });
    return figures;
  }

  private Cost cost(String name) {
    return byStream.computeIfAbsent(name, each -> new Cost());
  }

  private static String name(Asked who, Map<Long, String> connectors) {
    return who.stream().isEmpty()
        ? OUTSIDE
        : connectors.getOrDefault(who.connection(), "?") + " " + who.stream();
  }

  /** A source's name and the last word of an operation: so both sides call a query. */
  private static String operation(Asked who, Map<Long, String> connectors) {
    return connectors.getOrDefault(who.connection(), "?") + " " + who.operation();
  }

  private static String shortened(String operation) {
    return source(operation) + operation.substring(operation.lastIndexOf(' '));
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
