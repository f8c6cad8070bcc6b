package dev.pulse.etl.platform.meters;

import java.util.List;

/**
 * Everything that Pulse itself tells Prometheus, by name. A name is never reused for something
 * else. Tags hold no ids of records, so their values are few; docs/etl/monitoring.md lists all.
 */
public enum Measure {
  RUNS_STARTED(Kind.COUNTER, "pulse.runs.started", "Runs begun"),
  RUNS_ENDED(Kind.COUNTER, "pulse.runs.ended", "Runs ended, by how", "outcome"),
  LEASE_TAKEOVERS(
      Kind.COUNTER, "pulse.lease.takeovers", "Runs taken over from a node that was lost or left"),
  RATE_LIMIT_WAITS(
      Kind.TIMER, "pulse.rate.limit.waits", "How long runs were sent to wait by rate limits"),
  PAGES(Kind.COUNTER, "pulse.pages", "Pages stored", "connector", "stream"),
  ROWS(
      Kind.COUNTER,
      "pulse.rows",
      "Records of stored pages, by what became of them",
      "connector",
      "stream",
      "result"),
  PAGE_RETRIES(Kind.COUNTER, "pulse.page.retries", "Pages asked for once more", "stream"),
  SOURCE_REQUESTS(
      Kind.TIMER,
      "pulse.source.requests",
      "Requests to sources, to the last byte of the answer",
      "connector",
      "operation",
      "status"),
  ALERT_DELIVERIES(
      Kind.COUNTER, "pulse.alert.deliveries", "Attempts to deliver alerts", "channel", "outcome"),
  QUARTZ_MISFIRES(
      Kind.COUNTER, "pulse.quartz.misfires", "Times of schedules at which no node was there"),
  QUARTZ_EXECUTING(Kind.GAUGE, "pulse.quartz.executing", "Firings being handled on this node"),

  RUNS(Kind.GAUGE, "pulse.runs", "Runs that have not ended, by state", "state"),
  JOB_LAG(
      Kind.GAUGE,
      "pulse.job.lag.seconds",
      "Seconds since the last success, or since it was connected",
      "job",
      "name",
      "connector"),
  JOB_MISSED(
      Kind.GAUGE,
      "pulse.job.missed",
      "Planned times passed since the last success (at most 100); a pause or maintenance has none",
      "job",
      "name",
      "connector"),
  JOB_FAILURES(
      Kind.GAUGE, "pulse.job.failures", "Failed runs in a row", "job", "name", "connector"),
  BUDGET_LEFT(
      Kind.GAUGE,
      "pulse.budget.left.ratio",
      "Share of a source's allowance that is left in this window, 0 while it asks to wait",
      "budget",
      "resource"),
  QUARANTINE(
      Kind.GAUGE,
      "pulse.quarantine.records",
      "Records set aside because they cannot be read",
      "connector",
      "stream"),
  OWED(
      Kind.GAUGE,
      "pulse.owed.records",
      "Parents whose children are still to be read",
      "connector",
      "stream");

  enum Kind {
    COUNTER("_total"),
    TIMER("_seconds"),
    GAUGE("");

    private final String suffix;

    Kind(String suffix) {
      this.suffix = suffix;
    }
  }

  private final Kind kind;
  private final String meter;
  private final String meaning;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> tags;

  Measure(Kind kind, String meter, String meaning, String... tags) {
    this.kind = kind;
    this.meter = meter;
    this.meaning = meaning;
    this.tags = List.of(tags);
  }

  Kind kind() {
    return kind;
  }

  /** As Micrometer wants it. */
  String meter() {
    return meter;
  }

  /** The name that Prometheus sees; of a timer without {@code _count}, {@code _sum} and so on. */
  public String exposed() {
    return meter.replace('.', '_') + kind.suffix;
  }

  public String meaning() {
    return meaning;
  }

  public List<String> tags() {
    return tags;
  }
}
