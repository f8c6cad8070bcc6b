package dev.pulse.etl.runs;

import dev.pulse.etl.platform.audit.Audit;
import dev.pulse.etl.platform.audit.Audit.Target;
import dev.pulse.etl.runs.Wish.Mode;
import dev.pulse.model.WaitReason;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What operators do to all jobs at once. Each control may be repeated. */
@Service
class OrchestratorControls {

  private static final Target ALL = new Target("orchestrator", "1");

  private final Orchestrator orchestrator;
  private final JobStates jobs;
  private final RunStates runs;
  private final RunWishes wishes;
  private final Schedules schedules;
  private final Audit audit;

  OrchestratorControls(
      Orchestrator orchestrator,
      JobStates jobs,
      RunStates runs,
      RunWishes wishes,
      Schedules schedules,
      Audit audit) {
    this.orchestrator = orchestrator;
    this.jobs = jobs;
    this.runs = runs;
    this.wishes = wishes;
    this.schedules = schedules;
    this.audit = audit;
  }

  /**
   * How things stand, for the audit.
   *
   * @param holding the runs that are asked to hold
   */
  private record Seen(
      String state, @Nullable String reason, @Nullable Mode mode, List<Long> holding) {}

  /**
   * Maintenance: nothing is claimed any more. Runs that are going on hold, and go on by themselves
   * when it has ended.
   *
   * @param mode how soon they hold; finish = they go on to their end
   */
  @Transactional
  public void pause(Mode mode, String reason) {
    orchestrator.lock();
    var before = seen();
    orchestrator.pause(mode, reason);
    if (mode != Mode.finish) wishes.wishOfAllBut(0, Wish.MAINTENANCE, mode, reason);
    audit.record("orchestrator.pause", ALL, reason, before, seen());
  }

  @Transactional
  public void resume(String reason) {
    orchestrator.lock();
    var before = seen();
    orchestrator.resume();
    wishes.withdraw(null, Wish.MAINTENANCE, reason);
    runs.noneWaitsFor(WaitReason.MAINTENANCE, reason);
    audit.record("orchestrator.resume", ALL, reason, before, seen());
  }

  /** Makes all jobs due that are at rest; they go in their normal order. */
  @Transactional
  public void start(String reason) {
    orchestrator.lock();
    int started = jobs.allDue(reason);
    audit.record("orchestrator.start", ALL, reason, null, new Started(started));
  }

  private record Started(int jobs) {}

  /** Sets what holds for all jobs. What {@code change} leaves out stays as it is. */
  @Transactional
  public void set(OrchestratorController.SettingsInput change) {
    orchestrator.lock();
    var now = orchestrator.now();
    var after = change.appliedTo(now.settings());
    orchestrator.set(after, change.version() == null ? now.version() : change.version());
    if (!after.interval().equals(now.settings().interval())) schedules.renewStandard();
    audit.record(
        "orchestrator.settings",
        ALL,
        change.reason(),
        OrchestratorController.SettingsView.of(now.settings(), now.version()),
        OrchestratorController.SettingsView.of(after, now.version() + 1));
  }

  private Seen seen() {
    var now = orchestrator.now();
    return new Seen(
        now.paused() ? "PAUSED" : "RUNNING",
        now.reason(),
        now.mode(),
        runs.asked(Wish.MAINTENANCE));
  }
}
