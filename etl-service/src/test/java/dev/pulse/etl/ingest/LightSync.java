package dev.pulse.etl.ingest;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.pulse.etl.connectors.ConnectionSettings.Scope;
import dev.pulse.etl.platform.http.InFlight;
import dev.pulse.etl.platform.meters.Meters;
import dev.pulse.etl.platform.telemetry.Spans;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.TracerProvider;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.SimpleTransactionStatus;
import org.springframework.util.unit.DataSize;

/**
 * The engine alone, as a process that starts quickly and is made to be killed: it takes the lease
 * of a run over and reads a scripted source to its end. Arguments: JDBC URL, items per project, and
 * {@code together} or {@code apart}; apart commits every statement by itself, which is what the
 * engine must not do.
 *
 * <p>No {@code @Configuration}, or every test of the whole service would find it.
 */
@EnableTransactionManagement
@EnableConfigurationProperties(DataSourceProperties.class)
@ComponentScan
class LightSync {

  /** Begins a line that tells which page is read: the partition, and where it begins. */
  static final String READS = "READS ";

  static final long RUN = 1;
  static final long CONNECTION = 1;

  @Bean
  JdbcTemplate jdbcTemplate(DataSourceProperties database) {
    return new JdbcTemplate(database.initializeDataSourceBuilder().build());
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  InFlight inFlight() {
    return new InFlight(DataSize.ofMegabytes(64));
  }

  @Bean
  Meters meters() {
    return new Meters(new SimpleMeterRegistry());
  }

  @Bean
  Spans spans() {
    return new Spans(TracerProvider.noop().get(""));
  }

  /** Begins no transaction, so that rows and checkpoint are committed apart. */
  static final class NoTransactions implements PlatformTransactionManager {

    @Override
    public TransactionStatus getTransaction(@Nullable TransactionDefinition definition) {
      return new SimpleTransactionStatus();
    }

    @Override
    public void commit(TransactionStatus status) {}

    @Override
    public void rollback(TransactionStatus status) {}
  }

  public static void main(String[] arguments) throws InterruptedException {
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
    var url = arguments[0];
    var context = new AnnotationConfigApplicationContext();
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "arguments",
                Map.of(
                    "spring.datasource.url", url,
                    "spring.datasource.username", "postgres",
                    "spring.datasource.password", "postgres")));
    context.getBeanFactory().setConversionService(new ApplicationConversionService());
    context.register(LightSync.class);
    if (arguments[2].equals("apart")) {
      context.registerBean("ingestTransactions", NoTransactions.class);
    }
    context.refresh();
    var jdbc =
        JdbcClient.create(
            new DriverManagerDataSource(
                url + "?currentSchema=etl&socketTimeout=60", "postgres", "postgres"));
    long token =
        jdbc.sql(
                """
                update run_lease
                   set token = token + 1, expires = clock_timestamp() + interval '1 hour'
                 where run_id = ?
                returning token
                """)
            .param(RUN)
            .query(Long.class)
            .single();
    int items = Integer.parseInt(arguments[1]);
    var source = new ScriptedSource().with("alpha", items).with("beta", items);
    source.beforeRead =
        request -> {
          var position = request.position();
          System.out.println(
              READS + request.partition().id() + " " + (position == null ? "" : position.value()));
          LockSupport.parkNanos(Duration.ofMillis(3).toNanos());
        };
    System.out.println("SYNCING");
    context
        .getBean(Sync.class)
        .run(
            new RunScope(new Fence(RUN, token), CONNECTION, Scope.ALL, null),
            source,
            new StopSignal(),
            (stream, partition, reason, remedy) -> {});
    System.out.println("DONE");
    System.exit(0);
  }
}
