package dev.pulse.etl.runs;

import dev.pulse.etl.platform.access.Visible;
import dev.pulse.etl.runs.OrchestratorController.OrchestratorState;
import dev.pulse.etl.runs.OrchestratorController.OrchestratorView;
import dev.pulse.etl.runs.OrchestratorController.SettingsView;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How all jobs stand, at one glance. */
@Service
class Overview {

  private final Orchestrator orchestrator;
  private final Jobs jobs;

  Overview(Orchestrator orchestrator, Jobs jobs) {
    this.orchestrator = orchestrator;
    this.jobs = jobs;
  }

  @Transactional(readOnly = true)
  public OrchestratorView view() {
    var now = orchestrator.now();
    var activated = now.activated();
    return new OrchestratorView(
        now.paused() ? OrchestratorState.PAUSED : OrchestratorState.RUNNING,
        now.reason(),
        now.since(),
        SettingsView.of(now.settings(), now.version()),
        activated != null && Visible.now().includes(activated) ? activated : null,
        jobs.running(),
        jobs.queue());
  }
}
