package dev.pulse.etl.runs;

import dev.pulse.etl.connectors.Course.Way;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far a partition of a stream has been read, in words and as instants.
 *
 * @param words such as "pull requests of acme/shop, back to 2 March 2024"
 * @param upToDateAsOf what changed before it has been read; null = it was never read to its end
 * @param readUpTo the walk goes forward in time and has come to here; null = it does not, or none
 *     is open
 * @param readBackTo the walk goes back in time and has come to here; likewise
 */
record Standing(
    String words,
    @Nullable Instant upToDateAsOf,
    @Nullable Instant readUpTo,
    @Nullable Instant readBackTo) {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** For how long the time of day matters. */
  private static final Duration RECENT = Duration.ofDays(7);

  /**
   * What is known of the reading of a partition.
   *
   * @param completedAt the source's time when the last walk that ended began
   * @param open a walk has begun and not ended
   * @param read records that this walk has read
   * @param at when the last of these had changed
   */
  record Reached(
      @Nullable Instant completedAt,
      boolean open,
      @Nullable Long read,
      @Nullable Long total,
      @Nullable Instant at,
      @Nullable Way way) {

    /** From the columns of a checkpoint; null if there is none. */
    static @Nullable Reached of(ResultSet row) throws SQLException {
      var completed = row.getTimestamp("completed_at");
      boolean open = row.getTimestamp("walk_started_at") != null;
      if (completed == null && !open) return null;
      var at = row.getTimestamp("walk_at");
      var way = row.getString("walk_way");
      return new Reached(
          completed == null ? null : completed.toInstant(),
          open,
          row.getObject("walk_read", Long.class),
          row.getObject("walk_total", Long.class),
          at == null ? null : at.toInstant(),
          way == null ? null : Way.valueOf(way));
    }

    @Nullable Instant heading(Way direction) {
      return open && way == direction ? at : null;
    }
  }

  /**
   * Puts it into words.
   *
   * @param stream its label
   * @param partition its label; empty = the stream has no parts
   */
  static Standing of(String stream, String partition, Reached reached, Instant now) {
    var what = partition.isEmpty() ? stream : stream + " of " + partition;
    var completed = reached.completedAt;
    var asOf = completed == null ? "" : "up to date as of " + date(completed, now);
    var words =
        new StringBuilder(what).append(", ").append(reached.open ? open(reached, now) : asOf);
    if (reached.open && completed != null) words.append("; ").append(asOf);
    return new Standing(
        words.toString(), completed, reached.heading(Way.FORWARD), reached.heading(Way.BACKWARD));
  }

  private static String open(Reached reached, Instant now) {
    var upTo = reached.heading(Way.FORWARD);
    if (upTo != null) return "up to " + date(upTo, now);
    var backTo = reached.heading(Way.BACKWARD);
    if (backTo != null) return "back to " + date(backTo, now);
    var read = reached.read;
    if (read == null) return "not read to the end yet";
    var total = reached.total;
    return total == null || total < read
        ? String.format(Locale.ENGLISH, "%,d read", read)
        : String.format(Locale.ENGLISH, "%,d of %,d read", read, total);
  }

  private static String date(Instant instant, Instant now) {
    boolean recent = Duration.between(instant, now).abs().compareTo(RECENT) < 0;
    return (recent ? MINUTE : DAY).format(instant);
  }
}
