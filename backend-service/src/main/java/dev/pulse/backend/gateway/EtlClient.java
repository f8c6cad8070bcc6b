package dev.pulse.backend.gateway;

import dev.pulse.backend.access.Caller;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Asks etl-service, over connections that are used again. Of itself it adds nothing to a request:
 * no cookies, no credentials, no other protocol; it follows no redirect, and repeats only what
 * reads and was not even begun to be answered.
 */
@Component
class EtlClient implements DisposableBean {

  private static final Set<String> REPEATABLE = Set.of("GET", "HEAD");

  /** Shorter than any server keeps a connection that is not in use. */
  private static final TimeValue UNUSED = TimeValue.ofSeconds(10);

  private final EtlSettings settings;
  private final Signatures signatures;
  private final Tracer tracer;
  private final HttpHost host;
  private final CloseableHttpClient answers;
  private final CloseableHttpClient streams;
  private final ScheduledExecutorService deadlines;

  EtlClient(EtlSettings settings, Signatures signatures, Tracer tracer) {
    this.settings = settings;
    this.signatures = signatures;
    this.tracer = tracer;
    this.host = HttpHost.create(settings.url());
    this.answers = client(settings, settings.inFlight(), settings.answerTimeout());
    this.streams = client(settings, settings.streams(), settings.streamSilence());
    this.deadlines =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("etl-deadlines").factory());
  }

  /** A request that is not signed yet; each time that it is sent it is signed anew. */
  record Asked(
      String method, Target target, Map<String, String> headers, RequestBody body, Caller caller) {

    Asked {
      headers = Map.copyOf(headers);
    }

    /** It only reads. */
    boolean isRepeatable() {
      return REPEATABLE.contains(method);
    }
  }

  /**
   * Sends a request whose answer ends.
   *
   * @param deadline after which it is cut off, whoever it waits for
   * @throws IOException if there is no answer
   */
  EtlAnswer ask(Asked asked, Duration deadline) throws IOException {
    var span = span(asked);
    try (var _ = span.makeCurrent()) {
      var answer = send(answers, asked, deadline);
      span.setAttribute("http.response.status_code", answer.status());
      if (answer.status() >= 400) span.setStatus(StatusCode.ERROR);
      return answer;
    } catch (IOException | RuntimeException e) {
      span.setStatus(StatusCode.ERROR).setAttribute("error.type", e.getClass().getSimpleName());
      throw e;
    } finally {
      span.end(); // the body is told of as a part of the request it answers
    }
  }

  /**
   * Sends a request whose answer goes on until somebody goes.
   *
   * @throws IOException if there is no answer
   */
  EtlAnswer listen(Asked asked) throws IOException {
    return send(streams, asked, Duration.ZERO);
  }

  private Span span(Asked asked) {
    return tracer
        .spanBuilder(asked.method() + " etl-service")
        .setSpanKind(SpanKind.CLIENT)
        .setAttribute("http.request.method", asked.method())
        .setAttribute("server.address", host.getHostName())
        .startSpan();
  }

  private EtlAnswer send(CloseableHttpClient client, Asked asked, Duration deadline)
      throws IOException {
    try {
      return sendOnce(client, asked, deadline);
    } catch (ConnectException | NoHttpResponseException e) {
      if (!asked.isRepeatable()) throw e;
      return sendOnce(client, asked, deadline);
    }
  }

  private EtlAnswer sendOnce(CloseableHttpClient client, Asked asked, Duration deadline)
      throws IOException {
    var request = signed(asked);
    Runnable forget = () -> {};
    if (deadline.isPositive()) {
      var cut = deadlines.schedule(request::abort, deadline.toMillis(), TimeUnit.MILLISECONDS);
      forget = () -> cut.cancel(false);
    }
    try {
      return new EtlAnswer(request, client.executeOpen(host, request, null), forget);
    } catch (IOException | RuntimeException e) {
      forget.run();
      throw e;
    }
  }

  private HttpUriRequestBase signed(Asked asked) {
    URI uri = asked.target().at(settings.url());
    var request = new HttpUriRequestBase(asked.method(), uri);
    request.setVersion(HttpVersion.HTTP_1_1);
    asked.headers().forEach(request::setHeader);
    signatures
        .of(asked.method(), asked.target(), asked.body(), asked.caller())
        .forEach(request::setHeader);
    W3CTraceContextPropagator.getInstance()
        .inject(
            Context.current(), request, (carrier, name, value) -> request.setHeader(name, value));
    var type = asked.body().type();
    if (type != null) {
      request.setHeader("Content-Type", type);
      request.setEntity(new ByteArrayEntity(asked.body().bytes(), null));
    }
    if (!request.getRequestUri().equals(asked.target().text())) {
      throw new IllegalStateException("the client would send another path than was signed");
    }
    return request;
  }

  private static CloseableHttpClient client(EtlSettings settings, int most, Duration silence) {
    var connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setMaxConnTotal(most)
            .setMaxConnPerRoute(most)
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(timeout(settings.connectTimeout()))
                    .setSocketTimeout(timeout(silence))
                    .setValidateAfterInactivity(TimeValue.ofMilliseconds(200))
                    .build())
            .build();
    return HttpClients.custom()
        .setConnectionManager(connections)
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.ofSeconds(1))
                .setResponseTimeout(timeout(silence))
                .setProtocolUpgradeEnabled(false)
                .setExpectContinueEnabled(false)
                .setRedirectsEnabled(false)
                .build())
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .disableDefaultUserAgent()
        .evictIdleConnections(UNUSED)
        .build();
  }

  private static Timeout timeout(Duration duration) {
    return Timeout.of(duration);
  }

  @Override
  public void destroy() throws IOException {
    deadlines.shutdownNow();
    answers.close();
    streams.close();
  }
}
