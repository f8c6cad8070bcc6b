package dev.pulse.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

/** Every pair of states, as a person would draw the table: a row may become the columns with x. */
class StatesTest {

  @Test
  void a_job_changes_only_as_the_table_says() {
    assertTable(
        JobState.values(),
        JobState::canBecome,
        """
                    NOT_STARTED PENDING RUNNING PAUSED FINISHED FAILED
        NOT_STARTED      -         x       -       x      -       -
        PENDING          x         -       x       x      x       x
        RUNNING          x         x       -       x      x       x
        PAUSED           x         x       -       -      x       -
        FINISHED         -         x       -       x      -       -
        FAILED           -         x       -       x      -       -
        """);
  }

  @Test
  void a_run_changes_only_as_the_table_says() {
    assertTable(
        RunState.values(),
        RunState::canBecome,
        """
                 RUNNING WAITING FINISHED FAILED STOPPED
        RUNNING     -       x       x       x       x
        WAITING     x       -       -       -       x
        FINISHED    -       -       -       -       -
        FAILED      -       -       -       -       -
        STOPPED     -       -       -       -       -
        """);
  }

  @Test
  void what_may_come_before_a_state_is_the_same_table_read_by_columns() {
    for (var state : JobState.values()) {
      assertThat(state.predecessors()).allMatch(before -> before.canBecome(state));
    }
    for (var state : RunState.values()) {
      assertThat(state.predecessors()).allMatch(before -> before.canBecome(state));
    }
    assertThat(JobState.RUNNING.predecessors()).containsExactly(JobState.PENDING);
    assertThat(RunState.WAITING.predecessors()).containsExactly(RunState.RUNNING);
  }

  private static <S extends Enum<S>> void assertTable(
      S[] states, BiPredicate<S, S> canBecome, String table) {
    var lines = table.lines().map(line -> List.of(line.strip().split(" +"))).toList();
    var names = Arrays.stream(states).map(Enum::name).toList();
    assertThat(lines.getFirst()).isEqualTo(names);
    assertThat(lines.stream().skip(1).map(line -> line.getFirst())).isEqualTo(names);
    for (int from = 0; from < states.length; from++) {
      for (int to = 0; to < states.length; to++) {
        boolean legal = lines.get(from + 1).get(to + 1).equals("x");
        assertThat(canBecome.test(states[from], states[to]))
            .as("%s to %s", states[from], states[to])
            .isEqualTo(legal);
      }
    }
  }
}
