package dev.pulse.etl.platform.logs;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import dev.pulse.etl.EtlTest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import tools.jackson.databind.json.JsonMapper;

/** How lines are written: for programs, and for people; and that no source can forge one. */
class LogFormatTest extends EtlTest {

  private static final String HOSTILE =
      "Crash\r\n2026-11-27T08:00:00.000Z  INFO [main] dev.pulse.etl.Forged : all is well"
          + "\u001b[2K\u009b31m\u2028next\u2029last\u0000\u0007";

  @Autowired Environment environment;

  @Test
  void a_line_for_programs_is_one_json_object_with_the_ids_of_what_it_is_about() {
    var line = ecs(event("Saved", null));

    assertThat(line).endsWith("}\n");
    var json = JsonMapper.shared().readTree(line);
    assertThat(json.path("run").asString()).isEqualTo("7");
    assertThat(json.path("connection").asString()).isEqualTo("3");
    assertThat(json.path("stream").asString()).isEqualTo("issues");
    assertThat(json.path("requestId").asString()).isEqualTo("r-1");
    assertThat(json.path("service").path("name").asString()).isEqualTo("etl-service");
    assertThat(json.path("service").path("node").path("name").asString())
        .isEqualTo(environment.getRequiredProperty("pulse.node"));
    assertThat(LogLine.of(line).message()).isEqualTo("Saved");
    assertThat(LogLine.of(line).level()).isEqualTo(org.slf4j.event.Level.WARN);
    assertThat(LogLine.of(line).at()).isNotNull();
  }

  @Test
  void what_a_source_wrote_forges_no_line_for_programs() {
    var line = ecs(event(HOSTILE, new IllegalStateException(HOSTILE)));

    assertThat(line.lines()).hasSize(1);
    assertThat(line).doesNotContain("\u001b", "\u0000", "\r");
    assertThat(LogLine.of(line).message()).isEqualTo(HOSTILE);
    assertThat(LogLine.of(line).error()).contains("at dev.pulse.etl");
  }

  @Test
  void what_a_source_wrote_forges_no_line_for_people() {
    var text = forPeople(event(HOSTILE, null));

    assertThat(text.lines()).hasSize(1);
    assertThat(text).contains("run=7", "Crash", "Forged").endsWith("\n");
    assertThat(text.strip().chars().filter(Character::isISOControl)).isEmpty();
  }

  @Test
  void a_trace_is_shown_and_none_of_its_lines_looks_like_a_line_of_the_log() {
    var text = forPeople(event("Run failed", new IllegalStateException(HOSTILE)));

    var lines = text.lines().filter(line -> !line.isBlank()).toList();
    assertThat(lines.getFirst()).contains("Run failed");
    assertThat(lines).hasSizeGreaterThan(5);
    assertThat(lines.subList(1, lines.size())).allMatch(line -> line.startsWith("    "));
    assertThat(text).contains("\tat dev.pulse.etl").doesNotContain("\u001b", "\u009b", "\u0000");
  }

  private static String ecs(ILoggingEvent event) {
    var encoder = new StructuredLogEncoder();
    encoder.setFormat("ecs");
    return encoded(encoder, event);
  }

  private String forPeople(ILoggingEvent event) {
    var encoder = new PatternLayoutEncoder();
    encoder.setPattern(environment.getRequiredProperty("logging.pattern.console"));
    return encoded(encoder, event);
  }

  private static String encoded(Encoder<ILoggingEvent> encoder, ILoggingEvent event) {
    encoder.setContext((LoggerContext) LoggerFactory.getILoggerFactory());
    encoder.start();
    return new String(encoder.encode(event), StandardCharsets.UTF_8);
  }

  private static ILoggingEvent event(String message, @Nullable Throwable failure) {
    var logger = (Logger) LoggerFactory.getLogger(LogFormatTest.class);
    var event = new LoggingEvent("", logger, Level.WARN, message, failure, null);
    event.setMDCPropertyMap(
        Map.of("run", "7", "connection", "3", "stream", "issues", "requestId", "r-1"));
    return event;
  }
}
