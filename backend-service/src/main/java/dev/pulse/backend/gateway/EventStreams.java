package dev.pulse.backend.gateway;

import dev.pulse.backend.gateway.EtlClient.Asked;
import dev.pulse.backend.platform.Problem;
import dev.pulse.backend.sessions.Callers;
import dev.pulse.model.ProblemKind;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Lets browsers listen to what happens in etl-service: so many at once, and each only as long as it
 * may. The circuit breaker has no say here: an answer that goes on for hours is not a slow one.
 */
@Component
class EventStreams {

  private static final Logger log = LoggerFactory.getLogger(EventStreams.class);

  private static final Duration LATER = Duration.ofSeconds(5);

  private static final ProblemKind TOO_MANY_OF_YOURS =
      new ProblemKind(
          429,
          "TOO_MANY_STREAMS",
          "You are listening too often",
          "Close pages of Pulse that you do not need.");
  private static final ProblemKind TOO_MANY =
      new ProblemKind(
          503, "STREAMS_FULL", "As many are listening as may", "Ask again from time to time.");

  private final EtlClient client;
  private final EtlSettings settings;
  private final Relay relay;
  private final Callers callers;
  private final Map<Long, Integer> ofUser = new HashMap<>();
  private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
  private int all;
  private volatile boolean closing;

  EventStreams(EtlClient client, EtlSettings settings, Relay relay, Callers callers) {
    this.client = client;
    this.settings = settings;
    this.relay = relay;
    this.callers = callers;
  }

  /**
   * Begins a stream.
   *
   * @throws Problem 429 or 503 if there are too many, or etl-service does not answer
   */
  ServerResponse open(ServerRequest request) {
    var asked = EtlExchange.asked(request);
    long user = asked.caller().userId();
    enter(user);
    return open(request, asked, () -> leave(user));
  }

  private ServerResponse open(ServerRequest request, Asked asked, Runnable leave) {
    EtlAnswer answer;
    try {
      answer = client.listen(asked);
    } catch (ConnectionRequestTimeoutException e) {
      leave.run();
      throw full();
    } catch (IOException e) {
      leave.run();
      log.warn("etl-service: {}: {}", asked.target().path(), e.toString());
      throw Upstream.away(settings.pause());
    } catch (RuntimeException e) {
      leave.run();
      throw e;
    }
    if (answer.status() != 200 || !answer.isA(MediaType.TEXT_EVENT_STREAM)) {
      return relay.answer(request, answer, leave);
    }
    return ServerResponse.ok()
        .contentType(MediaType.TEXT_EVENT_STREAM)
        .header("X-Accel-Buffering", "no") // a proxy before us would hold events back
        .build(
            (_, response) -> {
              var stream = new EventStream(answer, () -> callers.isStill(asked.caller()));
              open.add(stream);
              try {
                if (!closing) stream.copyTo(response);
              } finally {
                open.remove(stream);
                answer.close();
                leave.run();
              }
              return null;
            });
  }

  private synchronized void enter(long user) {
    if (closing || all >= settings.streams()) throw full();
    if (ofUser.getOrDefault(user, 0) >= settings.streamsPerUser()) {
      throw Problem.later(
          TOO_MANY_OF_YOURS,
          "A user may have %d streams at once.".formatted(settings.streamsPerUser()),
          LATER);
    }
    all++;
    ofUser.merge(user, 1, Integer::sum);
  }

  private synchronized void leave(long user) {
    all--;
    ofUser.computeIfPresent(user, (_, count) -> count == 1 ? null : count - 1);
  }

  private Problem full() {
    return Problem.later(
        TOO_MANY, "There are %d streams at once.".formatted(settings.streams()), LATER);
  }

  /** Before the server waits for requests that are still being answered: these would never be. */
  @EventListener
  void closing(ContextClosedEvent event) {
    closing = true;
    open.forEach(EventStream::end);
  }
}
