package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.SourceFailure.PositionExpired;
import dev.pulse.etl.connectors.UnreadableRecord;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Where a search of Data Center goes on. It pages by number, and a record that is deleted meanwhile
 * would shift the others so that one is missed: so a page begins at the time of the last record
 * read, and by number only among those of one second, which is as fine as its index keeps time.
 *
 * @param from lower bound of the time by which it is ordered, in milliseconds since 1970; 0 = none
 * @param startAt so many of those that begin there were read
 */
record JiraOffset(long from, int startAt) {

  private static final long SECOND = 1_000;
  private static final Pattern ORDER = Pattern.compile(" order by (\\w+)");
  private static final Pattern TOKEN = Pattern.compile("(\\d{1,15}):(\\d{1,9})");

  static JiraOffset of(@Nullable String token) {
    if (token == null || token.isEmpty()) return new JiraOffset(0, 0);
    var matcher = TOKEN.matcher(token);
    if (!matcher.matches()) throw new PositionExpired("a position that cannot be read", null);
    return new JiraOffset(Long.parseLong(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** The field by which a search is ordered first. */
  static String order(String jql) {
    var matcher = ORDER.matcher(jql);
    return matcher.find() ? matcher.group(1) : "created";
  }

  String token() {
    return from + ":" + startAt;
  }

  /** The search, from there on. */
  String bounded(String jql) {
    return from == 0 ? jql : ORDER.matcher(jql).replaceFirst(" and $1 >= " + from + " order by $1");
  }

  /**
   * The place after some issues.
   *
   * @param now a time that is later yet is none to go on from
   */
  JiraOffset after(JsonNode issues, String order, Instant now) {
    long reached = second(issues.path(issues.size() - 1).path("fields"), order);
    return reached > from && reached <= now.toEpochMilli()
        ? new JiraOffset(reached, 0)
        : new JiraOffset(from, startAt + distinct(issues));
  }

  /** An issue that came twice in a page is one. */
  static int distinct(JsonNode issues) {
    return (int)
        issues.valueStream().map(issue -> issue.path("id").asString("")).distinct().count();
  }

  /** A time that cannot be read moves nothing: its record is set aside anyway. */
  private static long second(JsonNode fields, String order) {
    try {
      var time = JiraJson.time(fields, order);
      return time == null ? 0 : time.toEpochMilli() / SECOND * SECOND;
    } catch (UnreadableRecord e) {
      return 0;
    }
  }
}
