package dev.pulse.etl.ingest;

import dev.pulse.etl.connectors.CensusStream;
import dev.pulse.etl.connectors.OwedStream;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.RecordStream;
import dev.pulse.etl.connectors.Rewind;
import dev.pulse.etl.connectors.WalkedStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** By which mapping the rows of each stream of a connection were made. */
@Component
public class Mappings {

  private final JdbcClient jdbc;

  /** Made with what decisions are written with, which an engine takes too. */
  Mappings(JdbcTemplate decisions) {
    this.jdbc = JdbcClient.create(decisions);
  }

  /** A stream of which rows are stored that an older mapping has made. */
  public record Raised(RecordStream stream, int from) {

    /** Whether it is read again by itself, and not only with its parents. */
    public boolean walked() {
      return stream instanceof WalkedStream;
    }
  }

  /**
   * Takes down by which mappings the streams are read from now on. A lower number than before, of
   * an older version of the service, is taken down too: its rows will have to be made anew. To be
   * called in a transaction, by whoever holds the connection's run.
   *
   * @param from when all that is to be read again begins
   * @return what was raised; empty the second time
   */
  public List<Raised> note(long connection, List<RecordStream> streams, Instant from) {
    var before = before(connection);
    var raised = new ArrayList<Raised>();
    var changed = new ArrayList<RecordStream>();
    for (var stream : streams) {
      var known = before.get(stream.name());
      if (known != null && known == stream.mapping()) continue;
      changed.add(stream);
      if (known != null && known < stream.mapping() && canBeReadAgain(stream, from)) {
        raised.add(new Raised(stream, known));
      }
    }
    if (!changed.isEmpty()) write(connection, changed);
    return raised;
  }

  private Map<String, Integer> before(long connection) {
    var before = new HashMap<String, Integer>();
    jdbc.sql("select stream, mapping from stream_mapping where connection_id = ?")
        .param(connection)
        .query(
            row -> {
              before.put(row.getString("stream"), row.getInt("mapping"));
            });
    return before;
  }

  private void write(long connection, List<RecordStream> streams) {
    jdbc.sql(
            """
            insert into stream_mapping (connection_id, stream, mapping)
            select :connection, m.stream, m.mapping
            from unnest(:streams::text[], :mappings::int[]) as m(stream, mapping)
            on conflict (connection_id, stream) do update set mapping = excluded.mapping
            """)
        .param("connection", connection)
        .param("streams", streams.stream().map(RecordStream::name).toArray(String[]::new))
        .param("mappings", streams.stream().map(RecordStream::mapping).toArray(Integer[]::new))
        .update();
  }

  private static boolean canBeReadAgain(RecordStream stream, Instant from) {
    return switch (stream) {
      case OwedStream _ -> true;
      case CensusStream _ -> false;
      case WalkedStream walked ->
          walked.rewind(Map.of(), Partition.WHOLE.id(), from) instanceof Rewind.To;
    };
  }
}
