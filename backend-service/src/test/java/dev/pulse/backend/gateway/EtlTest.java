package dev.pulse.backend.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.backend.BackendTest;
import dev.pulse.backend.gateway.Recorder.Seen;
import dev.pulse.model.signing.RequestVerifier;
import dev.pulse.model.signing.SigningKeys;
import dev.pulse.model.signing.Verification.Verified;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** The gateway in front of an etl-service that a test plays itself. */
@TestPropertySource(properties = "pulse.etl.streams-per-user=100")
public abstract class EtlTest extends BackendTest {

  protected static final Recorder ETL = new Recorder();

  /** Where the gateway tells what it does. */
  static final Collector COLLECTOR = new Collector();

  static final String JOBS = "/api/etl/jobs";

  @Autowired EtlGuard guard;

  @Value("${pulse.internal.keys-file}")
  private Path keys = Path.of("");

  @DynamicPropertySource
  static void etl(DynamicPropertyRegistry settings) {
    settings.add("pulse.etl.url", () -> "http://127.0.0.1:" + ETL.port());
    settings.add("pulse.telemetry.endpoint", COLLECTOR::url);
    settings.add("pulse.etl.pause", () -> "500ms");
    settings.add("pulse.etl.answer-timeout", () -> "2s");
    settings.add("pulse.etl.deadline", () -> "4s");
    settings.add("pulse.etl.in-flight", () -> "8");
    settings.add("pulse.http.head-deadline", () -> "3s");
    settings.add("pulse.http.body-deadline", () -> "3s");
    settings.add("server.tomcat.connection-timeout", () -> "5s");
    settings.add("server.tomcat.keep-alive-timeout", () -> "20s");
  }

  @BeforeEach
  void etl_is_well() {
    ETL.reset();
    for (int i = 0; i < 10; i++) await().ignoreExceptions().until(this::passes);
  }

  private boolean passes() {
    try (var pass = guard.enter()) {
      pass.answered();
      return true;
    }
  }

  /** What the gateway itself adds to a request. */
  static final Set<String> OURS =
      Set.of(
          "host",
          "connection",
          "content-length",
          "content-type",
          "accept",
          "accept-language",
          "content-digest",
          "pulse-subject",
          "pulse-permissions",
          "pulse-connections",
          "pulse-request-id",
          "pulse-api-key",
          "signature",
          "signature-input",
          "traceparent");

  /** What a request says that etl-service would believe. */
  Verified verified(Seen request) {
    var verification =
        new RequestVerifier(() -> SigningKeys.read(keys))
            .verify(request.asVerified(), clock.instant());
    assertThat(verification).isInstanceOf(Verified.class);
    return (Verified) verification;
  }
}
