package dev.pulse.etl.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.pulse.etl.connectors.jira.TestedJira;
import dev.pulse.etl.platform.http.SourceHttp;
import dev.pulse.local.Simulator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the log says of requests: figures of what a stream costs are read from it. */
class RequestLogTest extends ConnectorFixture {

  private final Logger log = (Logger) LoggerFactory.getLogger(SourceHttp.class);
  private final Queue<ILoggingEvent> lines = new ConcurrentLinkedQueue<>();
  private final AppenderBase<ILoggingEvent> noting =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent line) {
          line.prepareForDeferredProcessing();
          lines.add(line);
        }
      };

  @Override
  protected TestedSource tested(Simulator simulator) {
    return new TestedJira(simulator);
  }

  @BeforeEach
  void listen() {
    noting.start();
    log.addAppender(noting);
    log.setLevel(Level.DEBUG);
    log.setAdditive(false);
  }

  @AfterEach
  void leave() {
    log.detachAppender(noting);
    log.setLevel(null);
    log.setAdditive(true);
  }

  @Test
  void every_request_of_a_run_names_the_run_the_connection_and_the_stream() {
    connect();
    lines.clear();
    simulator.requests().reset();

    sync();

    assertThat(lines).hasSize((int) simulator.requests().total());
    assertThat(lines)
        .allSatisfy(
            line ->
                assertThat(line.getMDCPropertyMap())
                    .containsEntry("connection", Long.toString(connection))
                    .containsKeys("run", "stream"));
    assertThat(lines.stream().filter(of("issues").and(asking("search/jql"))))
        .as("pages that are read ahead too")
        .hasSizeGreaterThan(3);
  }

  private static Predicate<ILoggingEvent> of(String stream) {
    return line -> stream.equals(line.getMDCPropertyMap().get("stream"));
  }

  private static Predicate<ILoggingEvent> asking(String operation) {
    return line -> line.getFormattedMessage().contains(operation);
  }
}
