package dev.pulse.etl.runs;

import dev.pulse.etl.ingest.StorableText;
import dev.pulse.etl.platform.lists.ById.Numbered;
import dev.pulse.etl.platform.lists.Keyset;
import dev.pulse.etl.platform.lists.Listed;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was logged of runs, stored. */
@Component
class RunLogLines {

  private final JdbcClient jdbc;

  RunLogLines(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A line that was logged of a run.
   *
   * @param stream null = of the run as a whole
   * @param code what kind of line it is; null = none in particular
   * @param message one line, that PostgreSQL can store
   * @param count how many lines it stands for
   */
  record Line(
      long run,
      @Nullable String stream,
      Instant at,
      Level level,
      @Nullable String code,
      String message,
      long count) {

    private Alike alike() {
      return new Alike(run, stream, level, code, message);
    }

    private Line and(Line later) {
      return new Line(run, stream, at, level, code, message, count + later.count);
    }
  }

  private record Alike(
      long run, @Nullable String stream, Level level, @Nullable String code, String message) {}

  /**
   * A line as an operator reads it.
   *
   * @param count how many lines alike it stands for, of which it was the first
   */
  record Logged(
      long id,
      Instant at,
      Level level,
      @Nullable String stream,
      @Nullable String code,
      String message,
      long count,
      String node)
      implements Numbered {}

  /**
   * Stores lines in their order, lines alike as one. Those of runs that are gone are left out.
   *
   * @param node where they were logged
   */
  void add(String node, List<Line> lines) {
    Map<Alike, Line> merged = new LinkedHashMap<>();
    for (var line : lines) merged.merge(line.alike(), line, Line::and);
    jdbc.sql(
            """
            insert into run_log (run_id, connection_id, node, stream, at, level, code, message, count)
            select r.id, r.job_id, :node, l.stream, l.at::timestamptz, l.level, l.code, l.message, l.count
            from unnest(:runs, :streams, :ats, :levels, :codes, :messages, :counts) with ordinality
              as l (run, stream, at, level, code, message, count, n)
            join run r on r.id = l.run
            order by l.n
            """)
        .param("node", node)
        .param("runs", column(merged, Line::run, Long[]::new))
        .param("streams", column(merged, Line::stream, String[]::new))
        .param("ats", column(merged, line -> line.at().toString(), String[]::new))
        .param("levels", column(merged, line -> line.level().name(), String[]::new))
        .param("codes", column(merged, Line::code, String[]::new))
        .param("messages", column(merged, Line::message, String[]::new))
        .param("counts", column(merged, Line::count, Long[]::new))
        .update();
  }

  private static <T> @Nullable T[] column(
      Map<Alike, Line> lines, Function<Line, @Nullable T> value, IntFunction<@Nullable T[]> array) {
    return lines.values().stream().map(value).toArray(array);
  }

  /**
   * Which lines are wanted.
   *
   * @param level this one and graver
   * @param text somewhere in the message, whatever the case; null = any
   * @param stream null = any, and those of the run as a whole
   */
  record Wanted(Level level, @Nullable String text, @Nullable String stream) {
    Wanted {
      text = text == null ? null : StorableText.of(text);
      stream = stream == null ? null : StorableText.of(stream);
    }
  }

  Listed<Logged> of(long run, Wanted wanted, Keyset<Numbered> page) {
    var query =
        jdbc.sql(
            """
            select id, at, level, stream, code, message, count, node
            from run_log
            where run_id = :run
              and level = any(:levels)
              and (:stream::text is null or stream = :stream)
              and (:text::text is null or position(lower(:text) in lower(message)) > 0)
            """
                + page.sql());
    return page.page(
        page.in(query)
            .param("run", run)
            .param("levels", levels(wanted.level()))
            .param("stream", wanted.stream())
            .param("text", wanted.text())
            .query(
                (row, n) ->
                    new Logged(
                        row.getLong("id"),
                        row.getTimestamp("at").toInstant(),
                        Level.valueOf(row.getString("level")),
                        row.getString("stream"),
                        row.getString("code"),
                        row.getString("message"),
                        row.getLong("count"),
                        row.getString("node")))
            .list());
  }

  private static String[] levels(Level lowest) {
    return Arrays.stream(Level.values())
        .filter(level -> level.toInt() >= lowest.toInt())
        .map(Enum::name)
        .toArray(String[]::new);
  }
}
