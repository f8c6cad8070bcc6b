package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.etl.platform.problem.Problem;
import dev.pulse.etl.runs.Schedule.Cron;
import dev.pulse.etl.runs.Schedule.Every;
import dev.pulse.etl.runs.Schedule.Misfire;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerUtils;
import org.quartz.spi.OperableTrigger;

/** When a job is due, where clocks are put forward and back too. */
class ScheduleTest {

  @Test
  void a_daily_time_keeps_to_the_clock_of_its_place() {
    var daily = Cron.of("0 30 6 * * ?", "Europe/Berlin", Misfire.once);

    assertThat(times(daily, "2026-03-27T12:00:00Z", 3))
        .containsExactly("2026-03-28T05:30:00Z", "2026-03-29T04:30:00Z", "2026-03-30T04:30:00Z");
    assertThat(times(daily, "2026-10-23T12:00:00Z", 3))
        .containsExactly("2026-10-24T04:30:00Z", "2026-10-25T05:30:00Z", "2026-10-26T05:30:00Z");
  }

  @Test
  void a_time_that_clocks_skip_when_they_go_forward_is_left_out_that_day() {
    var night = Cron.of("0 30 2 * * ?", "Europe/Berlin", Misfire.once);

    assertThat(times(night, "2026-03-27T12:00:00Z", 3))
        .as("on the 29th there is no 2:30 by the clock")
        .containsExactly("2026-03-28T01:30:00Z", "2026-03-30T00:30:00Z", "2026-03-31T00:30:00Z");
  }

  @Test
  void a_time_that_comes_twice_when_clocks_go_back_counts_once() {
    var night = Cron.of("0 30 2 * * ?", "Europe/Berlin", Misfire.once);

    assertThat(times(night, "2026-10-24T12:00:00Z", 2))
        .as("on the 25th it is 2:30 twice by the clock")
        .containsExactly("2026-10-25T01:30:00Z", "2026-10-26T01:30:00Z");
  }

  @Test
  void every_hour_means_every_hour_when_clocks_go_forward() {
    var hourly = Cron.of("0 0 * * * ?", "America/New_York", Misfire.once);

    assertThat(times(hourly, "2026-03-08T05:30:00Z", 4))
        .containsExactly(
            "2026-03-08T06:00:00Z",
            "2026-03-08T07:00:00Z",
            "2026-03-08T08:00:00Z",
            "2026-03-08T09:00:00Z");
  }

  @Test
  void an_interval_knows_no_clocks() {
    assertThat(times(new Every(Duration.ofHours(2), Misfire.once), "2026-03-29T00:00:00Z", 2))
        .containsExactly("2026-03-29T02:00:00Z", "2026-03-29T04:00:00Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 30 6 * * ?|Europe/Berlin|2026-03-27T12:00:00Z",
        "0 30 2 * * ?|Europe/Berlin|2026-10-24T12:00:00Z",
        "0 0 8-17/3 ? * MON-FRI|America/St_Johns|2026-03-06T12:00:00Z",
        "0 15 10 L * ?|Asia/Kathmandu|2026-01-31T12:00:00Z",
        "0 0 0 29 2 ?|UTC|2026-01-01T00:00:00Z"
      })
  void what_is_shown_is_what_quartz_does(String cron, String zone, String from) {
    var schedule = Cron.of(cron, zone, Misfire.once);
    var trigger =
        TriggerBuilder.newTrigger()
            .startAt(Date.from(Instant.parse(from)))
            .withSchedule(schedule.quartz())
            .build();

    var fired = TriggerUtils.computeFireTimes((OperableTrigger) trigger, null, 5);

    assertThat(schedule.next(Instant.parse(from), 5))
        .hasSize(5)
        .isEqualTo(fired.stream().map(Date::toInstant).toList());
  }

  @Test
  void a_time_that_comes_only_so_often_is_shown_so_often() {
    var last = Cron.of("0 0 12 24 12 ? 2098-2099", null, Misfire.once);

    assertThat(times(last, "2026-01-01T00:00:00Z", 5))
        .containsExactly("2098-12-24T12:00:00Z", "2099-12-24T12:00:00Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "* * * * * ?|UTC|cron|more often than once a minute",
        "0/30 * * * * ?|UTC|cron|more often than once a minute",
        "0,30 0 6 * * ?|UTC|cron|more often than once a minute",
        "30 6 * * *|UTC|cron|",
        "0 61 6 * * ?|UTC|cron|cannot be read",
        "0 0 6 * * MON|UTC|cron|cannot be read",
        "0 0 12 1 1 ? 2020|UTC|cron|never comes again",
        "0 0 12 30 2 ?|UTC|cron|never comes again",
        "every morning|UTC|cron|",
        "''|UTC|cron|",
        "0 30 6 * * ?|Mars/Olympus|zone|is no time zone",
        "0 30 6 * * ?|CET+1|zone|is no time zone",
        "0 30 6 * * ?|UTC+02:00|zone|is no time zone",
        "0 30 6 * * ?|''|zone|is no time zone"
      })
  void what_is_wrong_is_refused_by_name(String cron, String zone, String field, String why) {
    assertThatThrownBy(() -> Cron.of(cron, zone, Misfire.once))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.errors().getFirst().field()).isEqualTo(field);
              assertThat(problem.errors().getFirst().message()).contains(why == null ? "" : why);
            });
  }

  private static List<String> times(Schedule schedule, String from, int count) {
    return schedule.next(Instant.parse(from), count).stream().map(Instant::toString).toList();
  }
}
