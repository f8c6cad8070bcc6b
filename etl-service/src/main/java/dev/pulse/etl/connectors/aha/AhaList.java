package dev.pulse.etl.connectors.aha;

import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.SourceFailure.TooHeavy;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads a list of Aha! page by page, and misses nothing while it moves.
 *
 * <p>Aha! has numbered pages and does not document the order of its lists. When a record moves or
 * goes, all behind it move up by one place, and the first of the next page would never be seen. So
 * each page begins a little before the end of the one before, and must show at least one record
 * that was there, unchanged: whatever stood behind that one is then in one of the two pages. If it
 * shows none, the reading goes back until a page joins on. Records that moved because they were
 * changed are what the next walk asks for.
 */
final class AhaList {

  private static final int BEGINNINGS = 3;
  private static final int LARGER = 45;

  private final AhaClient client;
  private final String name;

  /**
   * A list.
   *
   * @param name of its member in an answer, such as {@code features}
   */
  AhaList(AhaClient client, String name) {
    this.client = client;
    this.name = name;
  }

  /**
   * A page.
   *
   * @param total how many records the list has
   * @param next null = this is the end of the list
   */
  record Read(JsonNode records, Instant servedAt, long total, @Nullable Position next) {}

  /**
   * Reads the page at a position.
   *
   * @param path below the API's root
   * @param size how many records to ask for at most
   * @throws TooHeavy if Aha! gives fewer records a page than asked for
   */
  Read read(String path, Map<String, String> query, @Nullable Position position, int size)
      throws InterruptedException {
    var at = AhaPosition.of(position);
    var window = AhaWindow.at(place(at, size), size);
    var asked = new HashMap<String, Object>(query);
    asked.put("page", window.page());
    asked.put("per_page", window.size());
    var reply = client.get(name, path, asked);
    var records = reply.list(name);
    long total = reply.count("total_records");
    if (reply.count("total_pages") != Math.ceilDiv(total, window.size())) {
      throw new TooHeavy(name + " has other pages than asked for");
    }
    if (records.isEmpty() && window.begin() < total) {
      throw new SourceUnavailable(name + " answered an empty page in mid-list", null);
    }
    return new Read(records, reply.servedAt(), total, next(at, window, marks(records), total));
  }

  private @Nullable Position next(AhaPosition at, AhaWindow window, Set<String> marks, long total) {
    boolean beginning = window.begin() == 0;
    boolean joins = beginning || !Collections.disjoint(marks, Set.of(at.seen().split(" ")));
    if (!joins) return new AhaPosition(at.end(), at.seen(), at.back() + 1, at.anew()).position();
    int anew = beginning && at.end() > 0 ? at.anew() + 1 : at.anew();
    if (anew > BEGINNINGS) {
      throw new SourceUnavailable(name + " changes its order faster than it can be read", null);
    }
    if (window.end() >= total) return null;
    return new AhaPosition(window.end(), String.join(" ", marks), 0, anew).position();
  }

  /** A little back at first, since lists seldom move by much; then a page at a time. */
  private static int place(AhaPosition at, int size) {
    long back =
        at.back() == 0 ? AhaWindow.OVERLAP : LARGER + (at.back() - 1L) * (size - AhaWindow.OVERLAP);
    return (int) Math.max(0, at.end() - back);
  }

  /** What stays the same as long as a record does. */
  private static Set<String> marks(JsonNode records) {
    var marks = new HashSet<String>();
    for (var each : records) {
      var parts = Arrays.asList(AhaJson.text(each, "id"), AhaJson.text(each, "updated_at"));
      marks.add(Integer.toString(parts.hashCode(), Character.MAX_RADIX));
    }
    return marks;
  }
}
