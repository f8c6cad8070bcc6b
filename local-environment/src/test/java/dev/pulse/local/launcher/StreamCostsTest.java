package dev.pulse.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a benchmark learns from the log of etl-service, the runs, and the sources. */
class StreamCostsTest {

  private static final String START =
      "2026-11-23T10:00:00.000Z DEBUG 7 --- [etl-service] [ virtual-12] ";
  private static final String LOGGER = "d.p.etl.platform.http.SourceHttp        : ";
  private static final Map<Long, String> CONNECTORS = Map.of(1L, "one", 2L, "two");

  @TempDir Path folder;

  @Test
  void requests_belong_to_the_stream_that_made_them_and_queries_cost_its_points() throws Exception {
    var log = new RequestLog(file());
    write(line("connection=1, run=5, stream=items", "POST search: 200, 12 bytes"));
    write(line("stream=items, run=5, connection=1", "GET search: 502, 0 bytes"));
    write(line("connection=2, run=6, stream=items", "POST Items: 200, 12 bytes"));
    write(line("connection=2, run=6, stream=items", "POST Items: 200, 12 bytes"));
    write(line("connection=2, run=6, stream=children", "POST Items: 200, 12 bytes"));
    write(line("requestId=x", "GET me: 200, 12 bytes"));
    write(START + "d.p.etl.ingest.SyncLoop : Saved page of GET search: 200, 1 bytes\n");

    var costs = new StreamCosts(log.next(), CONNECTORS, json("{'two graphql Items':9}"));

    assertThat(costs.requests())
        .hasToString(text("{'one items':2,'outside of streams':1,'two children':1,'two items':2}"));
    assertThat(costs.requestsPer1000(100).path("two items").asDouble()).isEqualTo(20);
    assertThat(costs.pointsPer1000(1_000)).hasToString(text("{'two children':3,'two items':6}"));
    assertThat(costs.total()).isEqualTo(6);
  }

  @Test
  void each_line_counts_once_and_one_that_is_being_written_counts_later() throws Exception {
    var log = new RequestLog(file());
    var line = line("connection=1, run=5, stream=items", "GET search: 200, 12 bytes");
    write(line + line.substring(0, line.length() - 8));

    assertThat(log.next()).containsValue(1L).hasSize(1);

    write(line.substring(line.length() - 8));
    assertThat(log.next()).containsValue(1L).hasSize(1);
    assertThat(log.next()).isEmpty();
  }

  @Test
  void what_a_stream_took_stands_beside_the_fewest_requests_that_could_do() throws Exception {
    var log = new RequestLog(file());
    for (int i = 0; i < 6; i++) {
      write(line("connection=1, run=5, stream=items", "GET search: 200, 12 bytes"));
    }
    write(line("connection=1, run=5, stream=unreckoned", "GET other: 200, 12 bytes"));

    var costs = new StreamCosts(log.next(), CONNECTORS, json("{}"));
    costs.add("one", json("[{'stream':'items','pages':6,'inserted':50,'unchanged':1}]"));
    costs.add("two", json("[{'stream':'items','pages':0,'inserted':0}]"));
    var fewest = json("{'one':{'items':5},'two':{'items':0}}");

    assertThat(costs.besideFewest(fewest).path("one items"))
        .hasToString(text("{'rows':51,'pages':6,'requests':6,'cheapest_requests':5}"));
    assertThat(costs.besideFewest(fewest).path("one unreckoned").has("cheapest_requests"))
        .isFalse();
    assertThat(costs.toFewest(fewest)).hasToString(text("{'all':1.2,'one':1.2}"));
  }

  private Path file() throws IOException {
    return Files.createFile(folder.resolve("etl-service.log"));
  }

  private void write(String text) throws IOException {
    Files.writeString(folder.resolve("etl-service.log"), text, StandardOpenOption.APPEND);
  }

  private static String line(String about, String message) {
    return START + "[" + about + "] " + LOGGER + message + "\n";
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text(text));
  }

  private static String text(String json) {
    return json.replace('\'', '"');
  }
}
