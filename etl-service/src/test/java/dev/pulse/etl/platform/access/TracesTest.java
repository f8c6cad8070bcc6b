package dev.pulse.etl.platform.access;

import static io.opentelemetry.proto.trace.v1.Span.SpanKind.SPAN_KIND_CLIENT;
import static io.opentelemetry.proto.trace.v1.Span.SpanKind.SPAN_KIND_SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.connectors.toy.ToyBox;
import dev.pulse.etl.platform.telemetry.Collector.Seen;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What a collector is told of requests, runs, pages and questions to sources. */
class TracesTest extends SignedNodesTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String GATEWAY = "00f067aa0ba902b7";
  private static final String CANARY = "471100004711";

  @Test
  void a_request_belongs_to_the_gateways_own() {
    var reply =
        admin
            .signed("GET", "runs?limit=7&cursor=" + CANARY, "")
            .with("traceparent", "00-%s-%s-01".formatted(TRACE, GATEWAY))
            .sendTo(a);

    assertThat(reply.status()).isEqualTo(200);
    var span = told(each -> each.trace().equals(TRACE)).getFirst();
    assertThat(span.name()).isEqualTo("GET /api/v1/runs");
    assertThat(span.kind()).isEqualTo(SPAN_KIND_SERVER);
    assertThat(span.parent()).isEqualTo(GATEWAY);
    assertThat(span.attributes())
        .containsEntry("service.name", "etl-service")
        .containsEntry("http.route", "/api/v1/runs")
        .containsEntry("http.response.status_code", "200")
        .containsEntry("pulse.request_id", "from-the-gateway-7");
    assertThat(COLLECTOR.spans().toString()).doesNotContain(CANARY);
  }

  @Test
  void whoever_has_not_signed_a_request_does_not_say_what_it_belongs_to() {
    var stranger = "5bf92f3577b34da6a3ce929d0e0e4736";

    var refused =
        admin
            .signed("GET", "jobs", "")
            .with("Signature", "sig1=:AAAA:")
            .with("traceparent", "00-%s-%s-01".formatted(stranger, GATEWAY))
            .sendTo(a);
    admin.get(a, "budgets");

    assertThat(refused.status()).isEqualTo(401);
    told(each -> each.name().equals("GET /api/v1/budgets"));
    assertThat(COLLECTOR.spans()).noneMatch(each -> each.trace().equals(stranger));
  }

  @Test
  void a_run_is_told_of_with_its_pages_and_each_question_to_the_source() {
    try (var box = new ToyBox()) {
      box.put("red", 1, "Red", "2026-01-01T00:00:00Z");
      long job = connect(box);
      admin.ask(a, "POST", "jobs/" + job + "/start", "");

      Predicate<Seen> mine = each -> each.attribute("pulse.job").equals(Long.toString(job));
      var run = told(mine.and(each -> each.name().equals("run"))).getFirst();
      var spans = told(mine.and(each -> each.trace().equals(run.trace())));

      assertThat(run.parent()).isEmpty();
      assertThat(run.attribute("pulse.outcome")).isEqualTo("Finished");
      assertThat(run.attribute("pulse.run")).isNotEmpty();
      var read = named(spans, "read page");
      assertThat(read).isNotEmpty().allMatch(each -> each.parent().equals(run.id()));
      assertThat(named(spans, "store page"))
          .hasSameSizeAs(read)
          .allMatch(each -> each.parent().equals(run.id()));
      var questions = spans.stream().filter(each -> each.kind() == SPAN_KIND_CLIENT).toList();
      assertThat(questions)
          .isNotEmpty()
          .allSatisfy(
              each -> {
                assertThat(each.attribute("pulse.run")).isEqualTo(run.attribute("pulse.run"));
                assertThat(each.attribute("pulse.connector")).isEqualTo("toy");
                assertThat(each.attribute("server.address")).isEqualTo("127.0.0.1");
                assertThat(each.attribute("http.response.status_code")).isEqualTo("200");
              });
      var pages = read.stream().map(Seen::id).toList();
      assertThat(questions).anyMatch(each -> pages.contains(each.parent()));
      assertThat(questions).allMatch(each -> !each.name().contains("?"));
      assertThat(COLLECTOR.spans().toString()).doesNotContain(ToyBox.KEY);
    }
  }

  @Test
  void the_collector_is_sent_what_it_asks_for() {
    admin.get(a, "sources");

    told(each -> each.name().equals("GET /api/v1/sources"));
    assertThat(COLLECTOR.authorizations()).containsOnly("Bearer of-the-collector");
  }

  private static List<Seen> named(List<Seen> spans, String name) {
    return spans.stream().filter(each -> each.name().equals(name)).toList();
  }

  /** Spans are sent seconds after they have ended, unless somebody asks for them. */
  private List<Seen> told(Predicate<Seen> wanted) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              for (var node : List.of(a, b)) {
                node.bean(SdkTracerProvider.class).forceFlush().join(5, TimeUnit.SECONDS);
              }
              return COLLECTOR.spans().stream().filter(wanted).toList();
            },
            found -> !found.isEmpty());
  }
}
