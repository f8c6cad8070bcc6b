package dev.pulse.etl.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.local.Simulator;
import dev.pulse.local.faults.Fault;
import dev.pulse.local.faults.Fault.Kind;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** That what goes wrong at the source is outlasted, or told with its remedy. */
abstract class FaultContract extends ReadingContract {

  @Test
  void waits_as_long_as_the_source_says_and_goes_on_by_itself() {
    simulator
        .faults()
        .add(
            Fault.of(Kind.RATE_LIMITED, source.name())
                .on(source.mainOperation())
                .after(2)
                .times(1)
                .number(2));

    sync();

    assertEqualToWorld();
    assertThat(simulator.requests().tooEarly()).isZero();
  }

  @Test
  void a_rejected_token_fails_with_a_remedy_and_no_storm_of_retries() {
    connect();
    simulator.requests().reset();
    simulator.faults().add(Fault.of(Kind.UNAUTHORIZED, source.name()));
    start();

    awaitEnd("FAILED");

    assertFailedByConfiguration();
  }

  @Test
  void a_token_without_any_right_fails_with_a_remedy_and_no_storm_of_retries() {
    connect();
    simulator.requests().reset();
    simulator.faults().add(Fault.of(Kind.FORBIDDEN, source.name()));
    start();

    awaitEnd("FAILED");

    assertFailedByConfiguration();
  }

  private void assertFailedByConfiguration() {
    var job = job();
    assertThat(job.path("error").path("category").asString()).isEqualTo("CONFIGURATION");
    assertThat(job.path("error").path("remedy").asString()).isNotBlank();
    assertThat(simulator.requests().total()).isLessThanOrEqualTo(8);
  }

  @Test
  void an_element_forbidden_in_mid_run_is_reported_by_name_and_the_rest_goes_on() {
    var hidden = new AtomicBoolean();
    proxy()
        .answer(
            (asked, from) -> {
              if (source.goesOn(asked) && !hidden.getAndSet(true)) source.hideFirstElement(true);
              return from.answer(asked);
            });

    sync();

    assertThat(hidden).isTrue();
    var first = source.elements().getFirst();
    assertThat(uncovered()).containsExactly(first);
    var errors = api("GET", "runs/" + job().path("runId").asLong() + "/errors", "").json();
    assertThat(errors.toString()).contains("UNREADABLE", first);
    int elements = source.elements().size();
    long others = IntStream.range(0, source.count()).filter(i -> i % elements != 0).count();
    assertThat(texts(readable())).hasSize((int) others);

    source.hideFirstElement(false);
    sync();
    assertThat(uncovered()).isEmpty();
    sync(); // the walk that was open went on; what changed in its first part is read by the next
    assertEqualToWorld();
  }

  private List<String> uncovered() {
    return api("GET", "jobs/" + connection + "/coverage", "")
        .json()
        .path("items")
        .valueStream()
        .filter(each -> !each.path("unreadable").isEmpty())
        .map(each -> each.path("name").asString())
        .toList();
  }

  /** Records of elements that may be read. */
  private String readable() {
    return """
    select r.external_id
    from %s r
    where r.connection_id = ?
      and not exists (select from unreadable u where u.connection_id = r.connection_id and u.partition = r.%s)
    """
        .formatted(source.mainTable(), source.elementColumn());
  }

  @Test
  void server_errors_are_outlasted() {
    simulator.faults().add(Fault.of(Kind.STATUS, source.name()).after(3).times(3).number(503));

    sync();

    assertEqualToWorld();
  }

  @Test
  void broken_answers_are_asked_for_again() {
    simulator.faults().add(Fault.of(Kind.CUT, source.name()).after(2).times(2));
    simulator.faults().add(Fault.of(Kind.TRUNCATED_JSON, source.name()).after(6).times(2));
    simulator.faults().add(Fault.of(Kind.HTML, source.name()).after(9).times(2));

    sync();

    assertEqualToWorld();
  }

  @Test
  void a_source_that_falls_silent_or_drips_is_cut_off_and_asked_again() {
    simulator.faults().add(Fault.of(Kind.SILENT, source.name()).after(4).times(1).number(20_000));
    simulator.faults().add(Fault.of(Kind.DRIP, source.name()).after(6).times(1).number(500));

    sync();

    assertEqualToWorld();
  }

  @Test
  void a_page_token_that_expires_does_not_stop_the_reading() {
    simulator.faults().add(Fault.of(Kind.EXPIRED_TOKEN, source.name()).times(1));

    sync();

    assertEqualToWorld();
  }

  @Test
  void a_wrong_token_is_told_by_the_field_and_the_remedy() {
    var reply = api("POST", "connections/check", body("wrong-token"));

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.json().path("code").asString()).isEqualTo("CREDENTIALS_REJECTED");
    assertThat(reply.json().path("errors").path(0).path("field").asString())
        .isEqualTo("secrets." + source.secret());
    assertThat(reply.json().path("remedy").asString()).isNotBlank();
    assertThat(reply.json().toString()).doesNotContain("wrong-token");
  }

  @Test
  void a_connection_that_works_says_who_it_is() {
    var reply = api("POST", "connections/check", body(Simulator.TOKEN));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("works").asBoolean()).isTrue();
    assertThat(reply.json().path("account").asString()).isNotBlank();
  }
}
