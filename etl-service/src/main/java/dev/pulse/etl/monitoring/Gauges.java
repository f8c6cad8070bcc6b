package dev.pulse.etl.monitoring;

import dev.pulse.etl.monitoring.Figures.SetAside;
import dev.pulse.etl.platform.meters.Measure;
import dev.pulse.etl.platform.meters.Meters;
import dev.pulse.etl.platform.meters.Meters.Reading;
import dev.pulse.etl.runs.JobHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/**
 * Shows the figures of the cluster to Prometheus, on the node that watches; the others show none,
 * so that adding up all nodes counts nothing twice.
 */
@Component
class Gauges {

  private static final List<Measure> ALL =
      List.of(
          Measure.RUNS,
          Measure.JOB_LAG,
          Measure.JOB_MISSED,
          Measure.JOB_FAILURES,
          Measure.BUDGET_LEFT,
          Measure.QUARANTINE,
          Measure.OWED);

  private final Meters meters;

  Gauges(Meters meters) {
    this.meters = meters;
  }

  void show(Figures figures) {
    meters.show(
        Measure.RUNS,
        figures.runs().entrySet().stream()
            .map(each -> Reading.of(each.getValue(), each.getKey()))
            .toList());
    showJobs(Measure.JOB_LAG, figures, job -> job.lag().toMillis() / 1_000.0);
    showJobs(Measure.JOB_MISSED, figures, JobHealth::missed);
    showJobs(Measure.JOB_FAILURES, figures, JobHealth::failures);
    meters.show(
        Measure.BUDGET_LEFT,
        figures.budgets().stream()
            .map(each -> Reading.of(each.left(), each.key(), each.resource()))
            .toList());
    meters.show(Measure.QUARANTINE, perStream(figures.quarantine()));
    meters.show(
        Measure.OWED,
        figures.owed().stream()
            .map(each -> Reading.of((double) each.count(), each.connector(), each.stream()))
            .toList());
  }

  /** Says nothing: what is shown must not be older than it looks. */
  void clear() {
    ALL.forEach(gauge -> meters.show(gauge, List.of()));
  }

  private void showJobs(Measure gauge, Figures figures, ToDoubleFunction<JobHealth> figure) {
    meters.show(
        gauge,
        figures.jobs().stream()
            .map(
                job ->
                    Reading.of(
                        figure.applyAsDouble(job),
                        Long.toString(job.id()),
                        job.name(),
                        job.connector()))
            .toList());
  }

  private static List<Reading> perStream(List<SetAside> quarantine) {
    var sums = new TreeMap<String, Map<String, Long>>();
    for (var each : quarantine) {
      sums.computeIfAbsent(each.connector(), any -> new TreeMap<>())
          .merge(each.stream(), each.count(), Long::sum);
    }
    var readings = new ArrayList<Reading>();
    sums.forEach(
        (connector, streams) ->
            streams.forEach((stream, count) -> readings.add(Reading.of(count, connector, stream))));
    return readings;
  }
}
