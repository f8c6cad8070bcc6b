package dev.pulse.etl.connectors;

import dev.pulse.etl.SourceProxy.Asked;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the contract of connectors needs to know of one simulated source: how to connect to it, what
 * the truth is, and how it writes what it answers, for tests that change answers on their way.
 */
public interface TestedSource {

  /** Name of the source in the simulator, and mostly of the connector. */
  String name();

  default String connector() {
    return name();
  }

  /** Settings of a connection to the source at an address. */
  Map<String, String> settings(URI address);

  /**
   * Secrets of a connection.
   *
   * @param token {@link dev.pulse.local.Simulator#TOKEN} for one that the source accepts
   */
  default Map<String, String> secrets(String token) {
    return Map.of("token", token);
  }

  /** Field of the form whose secret is told to be wrong. */
  default String secret() {
    return "token";
  }

  /**
   * From now on the source itself accepts a credential.
   *
   * @return false if it cannot learn one: it is then replaced on the way
   */
  default boolean accepts(String credential) {
    return false;
  }

  /** Part of the name of the operation that reads the largest stream page by page. */
  String mainOperation();

  /** What only the requests of its first walk say, if other streams read the same records. */
  String firstWalk();

  /** The table of the main stream. */
  String mainTable();

  /** How many records the main stream has. */
  int count();

  /** Does something to some records of the main stream, or to all; returns to how many. */
  int change(int count);

  /** Projects or repositories, over which the records are spread evenly, one by one. */
  List<String> elements();

  /** The column of {@link #mainTable()} with the id of the element. */
  String elementColumn();

  /** Takes the right to read the first element away from the token, or gives it back. */
  void hideFirstElement(boolean hidden);

  /** Whether a request asks for a page of the main stream that is not the first. */
  default boolean goesOn(Asked asked) {
    return asked.text().contains(mainOperation())
        && (asked.body().contains("nextPageToken") || asked.body().contains("\"after\":\""));
  }

  /** How many streams ask in each run what changed since what they had read. */
  default int streamsThatLookUp() {
    return 1;
  }

  /** How many requests a run may make when nothing is new. */
  int quietRequests();

  /** Streams whose debts outlast a run: what they are of goes on at the source. */
  default List<String> streamsThatStayOpen() {
    return List.of();
  }

  /** What an estimate says of the records of the main stream. */
  default long estimated(JsonNode estimate) {
    return estimate.path("records").asLong();
  }

  /** Compares all that is stored for a connection with the world, row by row. */
  void assertEqualToWorld(JdbcClient jdbc, long connection);

  /** Whether a request reads a page of a first walk, or children that are owed. */
  boolean readsPage(Asked asked);

  /** The records of the main stream in an answer; empty if it is about something else. */
  ArrayNode records(Asked asked, JsonNode answer);

  /** Where the fields of a record are. */
  ObjectNode fields(ObjectNode record);

  /** Names of the fields that every record of the main stream has. */
  Names names();

  /** A long text as the value of its field. */
  JsonNode text(String text);

  /**
   * Shortens the lists in a record to their first entry, as the source does with long ones.
   *
   * @return false if there was nothing to shorten
   */
  boolean truncate(ObjectNode record);

  /** Names of fields; created and updated hold times. */
  record Names(String title, String body, String created, String updated) {}

  /** All records, for those who change them one by one. */
  static List<ObjectNode> each(ArrayNode records) {
    return records.valueStream().map(ObjectNode.class::cast).toList();
  }
}
