package dev.pulse.etl.platform;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.springframework.dao.DataAccessException;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Says whether the service lives, and whether it can work. */
@RestController
@Tag(name = ApiTags.HEALTH)
class HealthController {

  private static final String NAME = "etl-service";
  private static final String UP = "UP";
  private static final String DOWN = "DOWN";

  private final JdbcClient jdbc;
  private final Scheduler scheduler;
  private final String schema;

  HealthController(JdbcClient jdbc, Scheduler scheduler, Flyway flyway) {
    this.jdbc = jdbc;
    this.scheduler = scheduler;
    this.schema = flyway.info().current().getVersion().getVersion();
  }

  /**
   * How the service is.
   *
   * @param status {@code UP} or {@code DOWN}
   * @param version of the build
   * @param problems why it is {@code DOWN}: what it cannot work without
   */
  record Health(String status, String service, String version, List<String> problems) {
    Health {
      problems = List.copyOf(problems);
    }
  }

  /** Asks nothing of anything else: to start the service anew would mend none of it. */
  @Operation(summary = "Whether the process answers")
  @GetMapping("/health/live")
  Health live() {
    return health(List.of());
  }

  /** 503 as long as the database, its schema or the scheduler is missing. */
  @Operation(summary = "Whether it can work, and what is missing")
  @GetMapping({"/health", "/health/ready"})
  ResponseEntity<Health> ready() {
    var problems = new ArrayList<String>();
    try {
      if (!migrated()) {
        problems.add("the database is not at version %s of its schema".formatted(schema));
      }
    } catch (DataAccessException | TransactionException e) {
      problems.add("the database does not answer, or has no schema of Pulse");
    }
    if (!scheduling()) problems.add("the scheduler has not started");
    return ResponseEntity.status(problems.isEmpty() ? 200 : 503).body(health(problems));
  }

  /** Whether the schema is still, or again, the one that this process started with, or newer. */
  private boolean migrated() {
    return jdbc.sql("select count(*) from flyway_schema_history where version = ? and success")
            .param(schema)
            .query(Long.class)
            .single()
        > 0;
  }

  private boolean scheduling() {
    try {
      return scheduler.isStarted() && !scheduler.isInStandbyMode() && !scheduler.isShutdown();
    } catch (SchedulerException e) {
      return false;
    }
  }

  private static Health health(List<String> problems) {
    var version = HealthController.class.getPackage().getImplementationVersion();
    return new Health(
        problems.isEmpty() ? UP : DOWN,
        NAME,
        Objects.requireNonNullElse(version, "development"),
        problems);
  }
}
