package dev.pulse.etl.ingest;

import dev.pulse.etl.connectors.OwedStream;
import dev.pulse.etl.connectors.RecordStream;
import dev.pulse.etl.connectors.Rewind;
import dev.pulse.etl.connectors.Source;
import dev.pulse.etl.connectors.WalkedStream;
import dev.pulse.etl.connectors.WalkedStream.Reached;
import dev.pulse.etl.platform.problem.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Lets streams read again from a time. Rows stay: what is read again is recognised. No run of the
 * connection may be going on, nor begin, while the caller's transaction lasts.
 */
@Component
public class Rewinds {

  private final JdbcClient jdbc;
  private final Checkpoints checkpoints;

  /** Made with what decisions of operators are written with. */
  Rewinds(JdbcTemplate decisions) {
    this.jdbc = JdbcClient.create(decisions);
    this.checkpoints = new Checkpoints(jdbc);
  }

  /**
   * What is to be read again.
   *
   * @param stream by name; null = all
   * @param partition by id, or by the name of the project or repository; null = all
   */
  public record Wanted(Instant to, @Nullable String stream, @Nullable String partition) {}

  /**
   * A partition that will be read again.
   *
   * @param partition empty = the stream has no parts
   * @param watermark up to when it had been read
   * @param from where its next walk begins; null = at its beginning, or the connection's start date
   * @param walkGivenUp whether a walk was under way, which begins anew
   */
  public record Rewound(
      String stream,
      String partition,
      String label,
      @Nullable Instant watermark,
      @Nullable Instant from,
      boolean walkGivenUp) {}

  /**
   * A stream, or a part of one, that goes on as before.
   *
   * @param instead what it reads, and when
   */
  public record Kept(String stream, String partition, String instead) {}

  /** What becomes of the streams that were meant. */
  public record Outcome(List<Rewound> rewound, List<Kept> kept) {

    public Outcome {
      rewound = List.copyOf(rewound);
      kept = List.copyOf(kept);
    }
  }

  /**
   * Moves the checkpoints back. What stands there already, or before, stays.
   *
   * @throws Problem 400 if there is no such stream or partition, or the one named cannot be rewound
   */
  public Outcome rewind(long connection, Source source, Wanted wanted) {
    var labels = labels(connection);
    var rewound = new ArrayList<Rewound>();
    var kept = new ArrayList<Kept>();
    for (var stream : streams(source, wanted.stream())) {
      switch (stream) {
        case OwedStream owed -> {
          if (wanted.partition() == null || wanted.stream() != null) {
            kept.add(new Kept(owed.name(), "", "is read for each parent that has changed"));
          }
        }
        case WalkedStream walked -> rewind(connection, walked, wanted, labels, rewound, kept);
      }
    }
    if (rewound.isEmpty() && kept.isEmpty()) requireKnown(wanted, labels);
    boolean named = wanted.stream() != null || wanted.partition() != null;
    if (rewound.isEmpty() && !kept.isEmpty() && named) throw cannot(wanted, kept.getFirst());
    return new Outcome(rewound, kept);
  }

  private void rewind(
      long connection,
      WalkedStream stream,
      Wanted wanted,
      Map<String, String> labels,
      List<Rewound> rewound,
      List<Kept> kept) {
    var all = checkpoints.of(connection, stream.name());
    var reached = new HashMap<String, Reached>();
    for (var each : all) reached.put(each.key().partition().id(), each.withoutWalk().reached());
    for (var each : all) {
      var id = each.key().partition().id();
      var label = labels.getOrDefault(id, id);
      if (wanted.partition() != null && !List.of(id, label).contains(wanted.partition())) continue;
      switch (stream.rewind(reached, id, wanted.to())) {
        case Rewind.Not not -> kept.add(new Kept(stream.name(), id, not.instead()));
        case Rewind.To to -> {
          move(each, each.rewound(to));
          rewound.add(
              new Rewound(
                  stream.name(), id, label, each.watermark(), to.watermark(), each.walk() != null));
        }
      }
    }
  }

  private void move(Checkpoint from, Checkpoint to) {
    boolean there = from.walk() == null && from.reached().equals(to.reached());
    if (!there) checkpoints.move(to);
  }

  private static List<RecordStream> streams(Source source, @Nullable String name) {
    var all = source.stages().stream().flatMap(List::stream).toList();
    if (name == null) return all;
    var named = all.stream().filter(each -> each.name().equals(name)).toList();
    if (!named.isEmpty()) return named;
    throw Problem.invalid(
        "stream",
        "is none of " + all.stream().map(RecordStream::name).sorted().toList(),
        "Take one of those, or leave it out for all.");
  }

  /** Names of projects and repositories by id. */
  private Map<String, String> labels(long connection) {
    var labels = new HashMap<String, String>();
    jdbc.sql("select external_id, name from scope_element where connection_id = ?")
        .param(connection)
        .query(
            row -> {
              labels.put(row.getString("external_id"), row.getString("name"));
            });
    return labels;
  }

  /** Nothing was found: because it was not read so far, or because there is no such thing. */
  private static void requireKnown(Wanted wanted, Map<String, String> labels) {
    var partition = wanted.partition();
    if (partition == null || labels.containsKey(partition) || labels.containsValue(partition))
      return;
    throw Problem.invalid(
        "partition",
        "is not known here",
        "Take the id or name of a project or repository, or leave it out for all.");
  }

  private static Problem cannot(Wanted wanted, Kept kept) {
    return Problem.invalid(
        wanted.stream() == null ? "partition" : "stream",
        "cannot be rewound: %s %s".formatted(kept.stream(), kept.instead()),
        "Name another, or none.");
  }
}
