package dev.pulse.etl.monitoring;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Looks at the cluster again and again, if this node has the watch. It is given to one node for a
 * few intervals, on the database's clock; when that node is lost another takes it.
 */
@Component
@EnableConfigurationProperties(MonitoringSettings.class)
class Watch implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Watch.class);
  private static final Duration SHUTDOWN_PATIENCE = Duration.ofSeconds(3);

  private final String owner = UUID.randomUUID().toString();
  private final JdbcClient jdbc;
  private final Readings readings;
  private final Gauges gauges;
  private final MonitoringSettings settings;
  private final ApplicationEventPublisher events;
  private volatile ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private volatile boolean running;

  Watch(
      JdbcClient jdbc,
      Readings readings,
      Gauges gauges,
      MonitoringSettings settings,
      ApplicationEventPublisher events) {
    this.jdbc = jdbc;
    this.readings = readings;
    this.gauges = gauges;
    this.settings = settings;
    this.events = events;
  }

  @Override
  public void start() {
    running = true;
    timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("watch").factory());
    var _ =
        timer.scheduleWithFixedDelay(
            this::look, 0, settings.interval().toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() {
    running = false;
    timer.shutdown();
    try {
      if (timer.awaitTermination(SHUTDOWN_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) giveUp();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void look() {
    try {
      if (!mine()) {
        gauges.clear();
        return;
      }
      var figures = readings.read();
      gauges.show(figures);
      tell(figures);
    } catch (RuntimeException e) {
      gauges.clear();
      log.warn("Could not look at the cluster, will look again: {}", e.toString());
    }
  }

  /** What goes wrong with those who are told makes the figures no worse. */
  private void tell(Figures figures) {
    try {
      events.publishEvent(figures);
    } catch (RuntimeException e) {
      log.warn("Could not compare the figures with what people know, will try again", e);
    }
  }

  private boolean mine() {
    return jdbc.sql(
                """
                insert into watch as w (owner, expires)
                values (:me, clock_timestamp() + :lease * interval '1 millisecond')
                on conflict (id) do update
                   set owner = excluded.owner, expires = excluded.expires
                 where w.owner = excluded.owner or w.expires < clock_timestamp()
                """)
            .param("me", owner)
            .param("lease", settings.lease().toMillis())
            .update()
        > 0;
  }

  private void giveUp() {
    try {
      jdbc.sql("delete from watch where owner = ?").param(owner).update();
    } catch (RuntimeException e) {
      log.debug("The watch runs out by itself: {}", e.toString());
    }
  }
}
