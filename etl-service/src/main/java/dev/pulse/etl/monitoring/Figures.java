package dev.pulse.etl.monitoring;

import dev.pulse.etl.runs.JobHealth;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What only the database knows of the cluster, all read at once.
 *
 * @param runs how many have not ended, by state
 * @param quarantine records set aside, per connection and stream
 * @param owed parents whose children are to be read
 */
public record Figures(
    List<JobHealth> jobs,
    Map<String, Long> runs,
    List<Budget> budgets,
    List<SetAside> quarantine,
    List<Owed> owed) {

  public Figures {
    jobs = List.copyOf(jobs);
    runs = Map.copyOf(runs);
    budgets = List.copyOf(budgets);
    quarantine = List.copyOf(quarantine);
    owed = List.copyOf(owed);
  }

  /**
   * What a source still allows.
   *
   * @param left share of the allowance, 0 to 1
   * @param until when there is more
   */
  public record Budget(String key, String resource, double left, @Nullable Instant until) {}

  /**
   * Records set aside.
   *
   * @param lastHour how many of them came within the last hour
   */
  public record SetAside(
      long connection, String name, String connector, String stream, long count, long lastHour) {}

  public record Owed(String connector, String stream, long count) {}
}
