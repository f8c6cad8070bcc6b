package dev.pulse.etl.platform;

import java.util.Objects;
import org.springframework.dao.DataAccessException;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Says whether the service lives, and whether it can work: without its database it cannot. */
@RestController
class HealthController {

  private static final String NAME = "etl-service";

  private final JdbcClient jdbc;

  HealthController(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * How the service is.
   *
   * @param status {@code UP} or {@code DOWN}
   * @param version of the build
   */
  record Health(String status, String service, String version) {}

  @GetMapping("/health/live")
  Health live() {
    return health("UP");
  }

  /** 503 as long as the database does not answer. */
  @GetMapping({"/health", "/health/ready"})
  ResponseEntity<Health> ready() {
    try {
      jdbc.sql("select 1").query(Integer.class).single();
      return ResponseEntity.ok(health("UP"));
    } catch (DataAccessException e) {
      return ResponseEntity.status(503).body(health("DOWN"));
    }
  }

  private static Health health(String status) {
    var version = HealthController.class.getPackage().getImplementationVersion();
    return new Health(status, NAME, Objects.requireNonNullElse(version, "development"));
  }
}
