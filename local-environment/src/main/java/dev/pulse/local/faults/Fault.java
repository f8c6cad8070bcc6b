package dev.pulse.local.faults;

import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong.
 *
 * @param kind what
 * @param source prefix of the source it happens to, such as {@code jira}; null = all
 * @param operation part of the operation's name; null = all
 * @param match part of the path, query or body; null = all
 * @param skip so many requests that fit are answered well before it begins
 * @param times how often it happens, then it is over; null = until it is taken away
 * @param number seconds of Retry-After, milliseconds of delay, status, or page size, as the kind
 *     says
 */
public record Fault(
    Kind kind,
    @Nullable String source,
    @Nullable String operation,
    @Nullable String match,
    int skip,
    @Nullable Integer times,
    @Nullable Long number) {

  /** What can go wrong. */
  public enum Kind {
    /** 429 with Retry-After of {@code number} seconds, or without if there is none. */
    RATE_LIMITED,
    /** 403 that speaks of a secondary rate limit; Retry-After as above. */
    SECONDARY_LIMIT,
    /** GraphQL's form of the limit: an error in an answer with status 200. */
    GRAPHQL_RATE_LIMITED,
    /** GraphQL's word that a page is too heavy, with partial data. */
    GRAPHQL_TOO_HEAVY,
    /** Status {@code number}, with an HTML page. */
    STATUS,
    /** Status 502 for pages of more than {@code number} records. */
    BAD_GATEWAY_ON_BIG_PAGES,
    /** Answers {@code number} milliseconds late. */
    SLOW,
    /** No answer for {@code number} milliseconds, then the connection closes. */
    SILENT,
    /** A byte of the body every {@code number} milliseconds. */
    DRIP,
    /** The connection closes in the middle of the body. */
    CUT,
    /** The length is right, the JSON is not. */
    TRUNCATED_JSON,
    /** A page of HTML with status 200. */
    HTML,
    /** 401. */
    UNAUTHORIZED,
    /** 403 with the vendor's body. */
    FORBIDDEN,
    /** 404 with the vendor's body. */
    NOT_FOUND,
    /** The page token is refused. */
    EXPIRED_TOKEN,
    /** Each page holds its first record twice. */
    DUPLICATES,
    /** The records of a page are in another order. */
    REORDERED,
    /** The first record of a page has the wrong type in it. */
    UNREADABLE
  }

  /** For as long as it is not taken away. */
  public static Fault of(Kind kind, String source) {
    return new Fault(kind, source, null, null, 0, null, null);
  }

  public Fault on(String operation) {
    return new Fault(kind, source, operation, match, skip, times, number);
  }

  public Fault matching(String text) {
    return new Fault(kind, source, operation, text, skip, times, number);
  }

  public Fault after(int requests) {
    return new Fault(kind, source, operation, match, requests, times, number);
  }

  public Fault times(int count) {
    return new Fault(kind, source, operation, match, skip, count, number);
  }

  public Fault number(long value) {
    return new Fault(kind, source, operation, match, skip, times, value);
  }
}
