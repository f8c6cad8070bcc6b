package dev.pulse.backend.gateway;

import static io.opentelemetry.proto.trace.v1.Span.SpanKind.SPAN_KIND_CLIENT;
import static io.opentelemetry.proto.trace.v1.Span.SpanKind.SPAN_KIND_SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.backend.gateway.Collector.Seen;
import dev.pulse.model.Role;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A trace begins at the gateway, and etl-service is told which. */
class TracesTest extends EtlTest {

  private static final String CANARY = "canary-4711";
  private static final String STRANGER = "4bf92f3577b34da6a3ce929d0e0e4736";

  @Autowired SdkTracerProvider traces;

  @Test
  void a_request_begins_a_trace_whatever_came_from_outside() {
    var browser = signedIn(Role.OPERATOR);

    var reply =
        browser
            .with("X-Request-Id", "traced-1")
            .with("traceparent", "00-" + STRANGER + "-00f067aa0ba902b7-01")
            .with("tracestate", "x=" + CANARY)
            .get("/api/etl/jobs/7/runs?limit=5&text=" + CANARY);

    assertThat(reply.status()).isEqualTo(200);
    var told = told("traced-1");
    var server = told.getFirst();
    assertThat(server.name()).isEqualTo("GET /api/etl/jobs/{id}/runs");
    assertThat(server.kind()).isEqualTo(SPAN_KIND_SERVER);
    assertThat(server.parent()).isEmpty();
    assertThat(server.attributes())
        .containsEntry("service.name", "backend-service")
        .containsEntry("http.response.status_code", "200");
    var client = told.getLast();
    assertThat(client.kind()).isEqualTo(SPAN_KIND_CLIENT);
    assertThat(client.parent()).isEqualTo(server.id());
    assertThat(ETL.last().all("traceparent"))
        .singleElement()
        .asString()
        .matches("00-%s-%s-0[13]".formatted(client.trace(), client.id())); // it is kept
    assertThat(ETL.last().all("tracestate")).isEmpty();
    assertThat(COLLECTOR.spans().toString())
        .doesNotContain(CANARY, STRANGER, browser.cookie("pulse"));
  }

  @Test
  void an_etl_service_that_is_dead_is_told_of_as_a_failure() {
    ETL.die();

    var reply = signedIn(Role.OPERATOR).with("X-Request-Id", "traced-2").get(JOBS);

    assertThat(reply.status()).isEqualTo(503);
    assertThat(told("traced-2"))
        .allMatch(Seen::failed)
        .anyMatch(each -> each.attribute("error.type").endsWith("Exception"));
  }

  @Test
  void strangers_fill_no_collector() {
    assertThat(browser().with("X-Request-Id", "traced-3").get(JOBS).status()).isEqualTo(401);
    signedIn(Role.OPERATOR).with("X-Request-Id", "traced-4").get(JOBS);

    told("traced-4");
    assertThat(COLLECTOR.spans())
        .noneMatch(each -> each.attribute("pulse.request_id").equals("traced-3"));
  }

  /** The span of a request and the one of asking etl-service, once both have arrived. */
  private List<Seen> told(String requestId) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              traces.forceFlush().join(5, TimeUnit.SECONDS);
              return COLLECTOR.spans().stream()
                  .filter(each -> each.attribute("pulse.request_id").equals(requestId))
                  .findFirst()
                  .map(TracesTest::withChild)
                  .orElse(List.of());
            },
            found -> found.size() == 2);
  }

  private static List<Seen> withChild(Seen server) {
    return COLLECTOR.spans().stream()
        .filter(each -> each.id().equals(server.id()) || each.parent().equals(server.id()))
        .sorted(Comparator.comparing(each -> each.kind() != SPAN_KIND_SERVER)) // the server's first
        .toList();
  }
}
