package dev.pulse.etl.monitoring;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.pulse.etl.EtlTest;
import dev.pulse.etl.connectors.toy.ToyBox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole service, which looks at itself all the time, with a mail server beside it. */
public abstract class MonitoredTest extends EtlTest {

  protected static final GreenMail MAIL =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final AtomicInteger NAMES = new AtomicInteger();

  /** Milliseconds; Quartz looks for them as often. */
  private static final String MISFIRES_AFTER =
      "spring.quartz.properties.org.quartz.jobStore.misfireThreshold";

  @LocalManagementPort private int management;

  static {
    MAIL.start();
  }

  @DynamicPropertySource
  static void watchful(DynamicPropertyRegistry settings) {
    settings.add("pulse.monitoring.interval", () -> "200ms");
    settings.add("pulse.alerts.back-off", () -> "200ms");
    settings.add("pulse.alerts.mail-from", () -> "pulse@example.com");
    settings.add(MISFIRES_AFTER, () -> "1000");
    settings.add("spring.mail.host", () -> "127.0.0.1");
    settings.add("spring.mail.port", () -> MAIL.getSmtp().getPort());
  }

  /** What Prometheus is told. */
  protected final String scrape() {
    return scrape(management);
  }

  public static String scrape(int managementPort) {
    return get("http://127.0.0.1:%d/actuator/prometheus".formatted(managementPort));
  }

  protected static String get(String url) {
    try {
      return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A connection to a toy box, by its id. */
  protected final long connect(ToyBox box) {
    return api("POST", "connections", toys(box)).json().path("id").asLong();
  }

  public static String toys(ToyBox box) {
    return box.connection("Toys " + NAMES.incrementAndGet());
  }

  protected final String state(long job) {
    return api("GET", "jobs/" + job, "").json().path("state").asString();
  }
}
