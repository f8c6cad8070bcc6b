package dev.pulse.backend.dashboard;

import static java.util.Objects.requireNonNull;

import dev.pulse.backend.access.Caller;
import dev.pulse.backend.dashboard.OverviewView.AttentionPart;
import dev.pulse.backend.dashboard.OverviewView.FreshnessPart;
import dev.pulse.backend.dashboard.OverviewView.Incomplete;
import dev.pulse.backend.dashboard.OverviewView.JobsPart;
import dev.pulse.backend.dashboard.PartReader.Read;
import dev.pulse.backend.platform.Problem;
import dev.pulse.backend.platform.ProblemSummary;
import dev.pulse.model.Attention;
import dev.pulse.model.Attention.Severity;
import dev.pulse.model.JobState;
import dev.pulse.model.ProblemKind;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.stereotype.Service;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Puts the overview together: all parts are asked for at once, and none is waited for too long. */
@Service
class Overview {

  private static final ProblemKind LATE =
      new ProblemKind(
          504, "PART_LATE", "A part did not come in time", "Ask again; the rest is shown.");

  private final PartReader parts;
  private final OwnTroubles own;
  private final DashboardSettings settings;
  private final Clock clock;

  Overview(PartReader parts, OwnTroubles own, DashboardSettings settings, Clock clock) {
    this.parts = parts;
    this.own = own;
    this.settings = settings;
    this.clock = clock;
  }

  OverviewView of(Caller caller) {
    var read = read(caller);
    return new OverviewView(
        jobs(requireNonNull(read.get(Part.JOBS))),
        freshness(requireNonNull(read.get(Part.FRESHNESS))),
        attention(requireNonNull(read.get(Part.ATTENTION)), own.of(caller)),
        incomplete(read));
  }

  private Map<Part, Read> read(Caller caller) {
    long end = System.nanoTime() + settings.deadline().toNanos();
    var asked = new EnumMap<Part, FutureTask<Read>>(Part.class);
    var context = MDC.getCopyOfContextMap(); // the request's id goes on to etl-service
    for (var part : Part.values()) {
      var task =
          new FutureTask<>(
              () -> {
                if (context != null) MDC.setContextMap(context);
                return parts.read(part, caller);
              });
      asked.put(part, task);
      Thread.ofVirtual().name("overview-" + part.key()).start(task);
    }
    var read = new EnumMap<Part, Read>(Part.class);
    asked.forEach((part, task) -> read.put(part, await(part, task, caller, end)));
    return read;
  }

  private Read await(Part part, FutureTask<Read> task, Caller caller, long end) {
    try {
      return task.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) { // what comes later is there for the next who asks
      var detail = "It was given %d ms.".formatted(settings.deadline().toMillis());
      return parts.late(part, caller, new Problem(LATE, detail));
    } catch (ExecutionException e) {
      throw new IllegalStateException("a part of the overview failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static @Nullable JobsPart jobs(Read read) {
    var items = read.items();
    var asOf = read.asOf();
    if (items == null || asOf == null) return null;
    var counts = new EnumMap<JobState, Integer>(JobState.class);
    for (var state : JobState.values()) counts.put(state, 0);
    for (var job : items) {
      counts.merge(JobState.valueOf(job.path("state").asString()), 1, Integer::sum);
    }
    return new JobsPart(asOf, counts, items);
  }

  private static @Nullable FreshnessPart freshness(Read read) {
    var items = read.items();
    var asOf = read.asOf();
    if (items == null || asOf == null) return null;
    int late = 0;
    var successes = new ArrayList<Instant>();
    for (var connection : items) {
      if (connection.path("late").asBoolean()) late++;
      var success = connection.path("lastSuccess");
      if (success.isString()) successes.add(Instant.parse(success.asString()));
    }
    var oldest =
        successes.size() < items.size()
            ? null
            : successes.stream().min(Comparator.naturalOrder()).orElse(null);
    return new FreshnessPart(asOf, oldest, late, items);
  }

  private AttentionPart attention(Read read, List<Attention> own) {
    var all = new ArrayList<>(own);
    if (read.items() != null) all.addAll(attentions(read.items()));
    all.sort(Attention.MOST_URGENT_FIRST);
    var counts = new EnumMap<Severity, Integer>(Severity.class);
    for (var severity : Severity.values()) counts.put(severity, 0);
    for (var each : all) counts.merge(each.severity(), 1, Integer::sum);
    var asOf = read.asOf();
    return new AttentionPart(asOf == null ? clock.instant() : asOf, counts, all);
  }

  private static List<Attention> attentions(JsonNode items) {
    return JsonMapper.shared().convertValue(items, new TypeReference<List<Attention>>() {});
  }

  private static List<Incomplete> incomplete(Map<Part, Read> read) {
    var incomplete = new ArrayList<Incomplete>();
    read.forEach(
        (part, each) -> {
          var problem = each.problem();
          if (problem != null) {
            incomplete.add(new Incomplete(part.key(), each.asOf(), ProblemSummary.of(problem)));
          }
        });
    return incomplete;
  }
}
