package dev.pulse.etl.platform.logs;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/**
 * Keeps silent what would print queries, headers and bodies of requests, and so tokens, whatever
 * level is set for it. Spring Boot makes it, since it has to be there before anything is logged.
 */
final class Discretion
    implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

  /** Loggers that say nothing below INFO, with all that are under them. */
  private static final List<String> TALKATIVE =
      List.of(
          "org.springframework.web",
          "org.springframework.http",
          "org.apache.catalina",
          "org.apache.coyote",
          "org.apache.tomcat",
          "org.apache.hc");

  /** After levels are set: that clears all filters. */
  @Override
  public int getOrder() {
    return LoggingApplicationListener.DEFAULT_ORDER + 1;
  }

  @Override
  public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      throw new IllegalStateException("logs are written by Logback");
    }
    if (context.getTurboFilterList().stream().noneMatch(Silence.class::isInstance)) {
      context.addTurboFilter(new Silence());
    }
  }

  private static final class Silence extends TurboFilter {

    @Override
    public FilterReply decide(
        @Nullable Marker marker,
        Logger logger,
        Level level,
        @Nullable String format,
        Object @Nullable [] arguments,
        @Nullable Throwable failure) {
      return level.levelInt < Level.INFO_INT && isTalkative(logger.getName())
          ? FilterReply.DENY
          : FilterReply.NEUTRAL;
    }

    private static boolean isTalkative(String logger) {
      return logger.startsWith("org.") && TALKATIVE.stream().anyMatch(each -> isIn(logger, each));
    }

    private static boolean isIn(String logger, String parent) {
      return logger.startsWith(parent)
          && (logger.length() == parent.length() || logger.charAt(parent.length()) == '.');
    }
  }
}
