package dev.pulse.local.world;

import dev.pulse.local.world.WorkflowRun.Attempt;
import dev.pulse.local.world.WorkflowRun.Job;
import dev.pulse.local.world.WorkflowRun.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Makes runs of workflows: the same one each time, plus what was begun and ended since. */
final class RunMaker {

  private static final List<String> EVENTS =
      List.of("push", "pull_request", "schedule", "workflow_dispatch");
  private static final List<String> WELL = List.of("success", "success", "success", "skipped");
  private static final List<String> BADLY =
      List.of("failure", "failure", "cancelled", "timed_out", "startup_failure", "neutral");
  private static final Duration QUEUE = Duration.ofSeconds(20);
  private static final Duration APPROVAL = Duration.ofDays(3);
  private static final int MANY_JOBS = 130;

  private final World world;
  private final Map<Long, List<Instant>> begun = new ConcurrentHashMap<>();
  private final Map<String, Outcome> ended = new ConcurrentHashMap<>();

  RunMaker(World world) {
    this.world = world;
  }

  private record Outcome(Instant at, String conclusion) {}

  /** An attempt; without an outcome it goes on. */
  private record Try(Instant started, @Nullable Outcome outcome) {}

  /** A further attempt of a run begins, or the first one of a new run. */
  synchronized void begin(long run, Instant at) {
    var more = new ArrayList<>(begun.getOrDefault(run, List.of()));
    more.add(at);
    begun.put(run, List.copyOf(more));
  }

  void end(long run, int attempt, Instant at, String conclusion) {
    ended.put(run + " " + attempt, new Outcome(at, conclusion));
  }

  /**
   * A run as it is now.
   *
   * @param past whether it has attempts that nobody began since the world was made
   * @param waits whether the last of those waits for its approval
   */
  WorkflowRun make(
      long id,
      Repository repository,
      Workflow workflow,
      int number,
      Instant created,
      boolean past,
      boolean waits) {
    var dice = new Dice(world.seed(), 21, id);
    var actor = dice.percent(15) ? world.bot() : world.someone(dice);
    var tries = new ArrayList<Try>();
    if (past) tries.addAll(past(dice, created, waits));
    for (var at : begun.getOrDefault(id, List.of())) tries.add(new Try(at, null));
    var attempts = new ArrayList<Attempt>();
    for (var each : tries) attempts.add(attempt(id, attempts.size() + 1, each, waits, actor));
    return new WorkflowRun(
        id,
        repository,
        workflow,
        number,
        Words.title(dice),
        dice.of(EVENTS),
        dice.percent(60) ? "main" : "work-" + dice.hex(4),
        dice.hex(40),
        actor,
        created,
        attempts);
  }

  private static List<Try> past(Dice dice, Instant created, boolean waits) {
    if (waits) return List.of(new Try(created, new Outcome(created.plus(APPROVAL), "success")));
    int count = dice.percent(10) ? 2 + dice.below(2) : 1;
    var tries = new ArrayList<Try>();
    var at = created;
    for (int n = 1; n <= count; n++) {
      var end = at.plusSeconds(60 + dice.below(1_800));
      boolean well = n == count && dice.percent(80);
      tries.add(new Try(at, new Outcome(end, dice.of(well ? WELL : BADLY))));
      at = end.plusSeconds(600 + dice.below(3_600));
    }
    return tries;
  }

  private Attempt attempt(long run, int number, Try made, boolean waits, Person first) {
    var dice = new Dice(world.seed(), 22, run * 64 + number);
    var told = ended.getOrDefault(run + " " + number, made.outcome);
    var now = world.now();
    var outcome = told == null || told.at.isAfter(now) ? null : told;
    var actor = number == 1 ? first : world.someone(dice);
    var status = outcome != null ? "completed" : waits && number == 1 ? "waiting" : "in_progress";
    return new Attempt(
        number,
        actor,
        made.started,
        status,
        outcome == null ? null : outcome.conclusion,
        outcome == null ? made.started : outcome.at,
        jobs(dice, run, number, made.started, status, outcome));
  }

  private static List<Job> jobs(
      Dice dice, long run, int attempt, Instant started, String status, @Nullable Outcome outcome) {
    int count = run % 1_000_000_000L == 2 ? MANY_JOBS : 1 + dice.below(4);
    var jobs = new ArrayList<Job>();
    for (int n = 0; n < count; n++) {
      var begin = started.plus(QUEUE);
      var running = outcome == null && n == count - 1;
      jobs.add(
          new Job(
              100_000_000_000_000L + run % 10_000_000_000L * 10_000L + attempt * 1_000L + n,
              n == 0 ? "build" : "test (" + n + ")",
              running ? status : "completed",
              running ? null : n == 0 && outcome != null ? job(outcome.conclusion) : "success",
              started,
              begin,
              running ? null : outcome == null ? begin.plusSeconds(5) : outcome.at));
    }
    return jobs;
  }

  /** Not all that a run may end with is known of jobs. */
  private static String job(String conclusion) {
    return conclusion.equals("startup_failure") ? "failure" : conclusion;
  }
}
