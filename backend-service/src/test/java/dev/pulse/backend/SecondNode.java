package dev.pulse.backend;

import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;

/** Another gateway on the same database, with the same key files, settings and clock. */
public final class SecondNode implements AutoCloseable {

  private static final String[] NEEDED = {
    "spring.datasource.url",
    "spring.datasource.username",
    "spring.datasource.password",
    "pulse.auth.keys-file",
    "pulse.internal.keys-file",
    "pulse.trusted-proxies",
    "pulse.auth.hash-patience"
  };

  private static final String[] PERHAPS = {
    "pulse.limits.reads", "pulse.redis.url", "pulse.redis.probe", "pulse.redis.timeout"
  };

  private final ConfigurableApplicationContext node;

  private SecondNode(ConfigurableApplicationContext node) {
    this.node = node;
  }

  public static SecondNode beside(Environment first, SettableClock clock) {
    var needed = Stream.of(NEEDED).map(name -> argument(name, first.getRequiredProperty(name)));
    var perhaps =
        Stream.of(PERHAPS)
            .filter(first::containsProperty)
            .map(name -> argument(name, first.getRequiredProperty(name)));
    var arguments =
        Stream.concat(Stream.of("--server.port=0"), Stream.concat(needed, perhaps))
            .toArray(String[]::new);
    return new SecondNode(
        new SpringApplicationBuilder(BackendService.class)
            .initializers(context -> shareClock((GenericApplicationContext) context, clock))
            .run(arguments));
  }

  private static String argument(String name, String value) {
    return "--%s=%s".formatted(name, value);
  }

  private static void shareClock(GenericApplicationContext context, SettableClock clock) {
    context.registerBean(
        "settableClock", SettableClock.class, () -> clock, bean -> bean.setPrimary(true));
  }

  /** The same browser, asking this node. */
  public Browser asked(Browser browser) {
    return browser.copyTo(
        node.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
  }

  public <T> T bean(Class<T> type) {
    return node.getBean(type);
  }

  @Override
  public void close() {
    node.close();
  }
}
