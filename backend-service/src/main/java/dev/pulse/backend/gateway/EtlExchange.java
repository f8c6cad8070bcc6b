package dev.pulse.backend.gateway;

import dev.pulse.backend.access.Caller;
import dev.pulse.backend.access.Routes;
import dev.pulse.backend.gateway.EtlClient.Asked;
import dev.pulse.backend.platform.Problem;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** How the gateway passes on a request whose answer ends. */
@Component
class EtlExchange implements ProxyExchange {

  private static final Logger log = LoggerFactory.getLogger(EtlExchange.class);

  private final EtlClient client;
  private final EtlGuard guard;
  private final Relay relay;
  private final EtlSettings settings;

  EtlExchange(EtlClient client, EtlGuard guard, Relay relay, EtlSettings settings) {
    this.client = client;
    this.guard = guard;
    this.relay = relay;
    this.settings = settings;
  }

  /** What to ask etl-service for, in the name of whoever asks the gateway. */
  static Asked asked(ServerRequest request) {
    var servlet = request.servletRequest();
    return new Asked(
        servlet.getMethod(),
        Target.of(servlet, Routes.ETL),
        HeaderRules.ofRequest(request.headers().asHttpHeaders()),
        RequestBody.of(servlet),
        Caller.current().orElseThrow(() -> new IllegalStateException("nobody may ask that")));
  }

  @Override
  public ServerResponse exchange(Request proxied) {
    var request = proxied.getServerRequest();
    var asked = asked(request);
    var pass = guard.enter();
    EtlAnswer answer;
    try {
      answer = client.ask(asked, deadline(asked));
      pass.answered();
    } catch (ConnectionRequestTimeoutException e) { // all in use: no fault of etl-service
      pass.close();
      throw Upstream.busy();
    } catch (IOException e) {
      pass.failed(e);
      pass.close();
      throw failure(asked, e);
    } catch (RuntimeException e) {
      pass.close();
      throw e;
    }
    return relay.answer(request, answer, pass::close);
  }

  /** Whether it can have happened is the one thing that a client has to know. */
  private Problem failure(Asked asked, IOException failure) {
    log.warn("etl-service: {} {}: {}", asked.method(), asked.target().path(), failure.toString());
    boolean neverSent =
        failure instanceof ConnectException
            || failure instanceof ConnectTimeoutException
            || failure instanceof UnknownHostException;
    if (neverSent) return Upstream.away(settings.pause());
    if (failure instanceof InterruptedIOException) return Upstream.late();
    return asked.isRepeatable() ? Upstream.away(settings.pause()) : Upstream.brokeOff();
  }

  private Duration deadline(Asked asked) {
    return Routes.isDownload(asked.target().path())
        ? settings.downloadDeadline()
        : settings.deadline();
  }
}
