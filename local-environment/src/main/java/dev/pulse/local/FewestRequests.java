package dev.pulse.local;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * How few requests could read everything once, by stream: what a reader's requests are measured
 * against. Reckoned from what there is and from the largest pages that a vendor documents.
 */
public final class FewestRequests {

  private final Map<String, Long> byStream = new TreeMap<>();

  /** So many requests for a stream. */
  public FewestRequests of(String stream, long requests) {
    byStream.put(stream, requests);
    return this;
  }

  /** One list, page by page. It is asked for once even if there is nothing in it. */
  public FewestRequests list(String stream, long records, int largestPage) {
    return of(stream, Math.max(1, pages(records, largestPage)));
  }

  /** A list of each of several things, page by page; empty ones need not be asked for. */
  public FewestRequests lists(String stream, LongStream records, int largestPage) {
    return of(stream, records.map(each -> pages(each, largestPage)).sum());
  }

  public Map<String, Long> byStream() {
    return Map.copyOf(byStream);
  }

  /** How many pages hold so many records. */
  public static long pages(long records, int largestPage) {
    return Math.ceilDiv(records, largestPage);
  }
}
