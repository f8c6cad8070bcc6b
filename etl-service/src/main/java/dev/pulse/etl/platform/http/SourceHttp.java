package dev.pulse.etl.platform.http;

import dev.pulse.etl.platform.http.HttpFailure.AddressRefused;
import dev.pulse.etl.platform.http.HttpFailure.TimedOut;
import dev.pulse.etl.platform.http.HttpFailure.TooLarge;
import dev.pulse.etl.platform.http.HttpFailure.Unreachable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests of one connection to its own origin. Blocks; an interrupt or a close ends the
 * request under way. Redirects are answers like others: the caller decides.
 */
public final class SourceHttp implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SourceHttp.class);
  private static final ScheduledExecutorService DEADLINES =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("http-deadlines").factory());

  private final URI origin;
  private final CloseableHttpClient client;
  private final SourceGate gate;
  private final SourceSettings settings;
  private final Clock clock;
  private final RequestMeter meter;

  SourceHttp(
      URI origin,
      CloseableHttpClient client,
      SourceGate gate,
      SourceSettings settings,
      Clock clock,
      RequestMeter meter) {
    this.origin = origin;
    this.client = client;
    this.gate = gate;
    this.settings = settings;
    this.clock = clock;
    this.meter = meter;
  }

  /**
   * Sends a request and reads the whole answer, whatever its status. Where the source sends the
   * credentials of the request back, the answer has asterisks.
   *
   * @throws HttpFailure if there is no whole answer
   * @throws InterruptedException if the thread was interrupted meanwhile
   */
  public Answer send(Request request) throws InterruptedException {
    if (!sameOrigin(request.uri())) {
      throw new AddressRefused(
          "the source leads to " + request.uri().getHost() + ", where the token must not go");
    }
    gate.enter();
    try {
      var answer = ask(request);
      if (isDown(answer)) gate.failed(request.operation() + " answered " + answer.status(), now());
      else gate.answered();
      return answer;
    } catch (Unreachable | TimedOut e) {
      gate.failed(String.valueOf(e.getMessage()), now());
      throw e;
    } catch (Throwable e) {
      gate.leave();
      throw e;
    }
  }

  /** A source that says when to come back is there; so is one that finds a request too heavy. */
  private static boolean isDown(Answer answer) {
    return answer.status() >= 500 && answer.retryAfter().isEmpty();
  }

  private Instant now() {
    return clock.instant();
  }

  private Answer ask(Request request) throws InterruptedException {
    var http = new HttpUriRequestBase(request.method(), request.uri());
    request.headers().forEach(http::setHeader);
    if (request.json() != null) {
      http.setEntity(new StringEntity(request.json(), ContentType.APPLICATION_JSON));
    }
    var late = new AtomicBoolean();
    var deadline =
        DEADLINES.schedule(
            () -> {
              late.set(true);
              http.cancel();
            },
            settings.deadline().toMillis(),
            TimeUnit.MILLISECONDS);
    var measured = meter.begin(request);
    int status = RequestMeter.NO_ANSWER;
    try {
      var answer = client.execute(http, response -> answer(request, http, response));
      status = answer.status();
      return answer;
    } catch (IOException | RuntimeException e) {
      if (Thread.interrupted()) throw new InterruptedException(request.operation());
      throw failure(request, e, late.get());
    } finally {
      deadline.cancel(false);
      measured.ended(status);
    }
  }

  /** True if a request to {@code uri} stays with the connection's own scheme, host and port. */
  public boolean sameOrigin(URI uri) {
    return origin.getScheme().equalsIgnoreCase(uri.getScheme())
        && origin.getHost().equalsIgnoreCase(uri.getHost())
        && uri.getUserInfo() == null
        && port(origin) == port(uri);
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) return uri.getPort();
    return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
  }

  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
  }

  private Answer answer(Request request, HttpUriRequestBase http, ClassicHttpResponse response)
      throws IOException {
    if (response.getCode() == HttpStatus.SC_PROXY_AUTHENTICATION_REQUIRED) {
      throw new AddressRefused("the proxy asks for another user or password");
    }
    var redaction = Redaction.of(request);
    var headers = new HashMap<String, List<String>>();
    for (var header : response.getHeaders()) {
      headers
          .computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(redaction.of(header.getValue() == null ? "" : header.getValue()));
    }
    var body = redaction.of(body(http, response));
    InFlight.received(body.length);
    log.debug(
        "{} {}: {}, {} bytes",
        request.method(),
        request.operation(),
        response.getCode(),
        body.length);
    return new Answer(response.getCode(), headers, body, clock.instant());
  }

  private byte[] body(HttpUriRequestBase http, ClassicHttpResponse response) throws IOException {
    var entity = response.getEntity();
    if (entity == null) return new byte[0];
    try (var in = entity.getContent()) {
      var out = new ByteArrayOutputStream(16 * 1024);
      var buffer = new byte[16 * 1024];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
        if (out.size() > settings.maxAnswer().toBytes()) {
          http.cancel(); // closing the stream would read the rest of it
          throw new TooLarge(
              origin.getHost()
                  + " answers more than "
                  + settings.maxAnswer().toMegabytes()
                  + " MB");
        }
      }
      if (out.size() == 0 && entity.getContentLength() < 0 && !entity.isChunked()) {
        throw new ConnectionClosedException("cut off before its body");
      }
      return out.toByteArray();
    }
  }

  private HttpFailure failure(Request request, Exception e, boolean late) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof HttpFailure known) return known;
    }
    var what = request.operation() + " at " + origin.getHost();
    boolean silent = e instanceof SocketTimeoutException && !(e instanceof ConnectTimeoutException);
    return late || silent
        ? new TimedOut(what + " took longer than " + settings.deadline().toSeconds() + " s", e)
        : new Unreachable(what + " failed: " + e.getClass().getSimpleName(), e);
  }
}
