package dev.pulse.etl.runs;

import java.util.List;

/** A run, how far it has come, and how far in each of its streams, in the order of reading. */
record RunReport(Runs.RunView run, RunProgress progress, List<StreamProgress> streams) {

  RunReport {
    streams = List.copyOf(streams);
  }
}
