package dev.pulse.backend.platform;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Objects;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Says whether the service lives, and whether it can work: without its database nobody enters. */
@RestController
@Tag(name = ApiTags.HEALTH)
class HealthController {

  private final JdbcClient jdbc;
  private final String service;

  HealthController(JdbcClient jdbc, @Value("${spring.application.name}") String service) {
    this.jdbc = jdbc;
    this.service = service;
  }

  /**
   * How the service is.
   *
   * @param status {@code UP} or {@code DOWN}
   * @param service the name of the service, as its folder is called
   * @param version the version of the build
   */
  record Health(String status, String service, String version) {}

  @Operation(summary = "Whether the process answers")
  @GetMapping("/health/live")
  Health live() {
    return health("UP");
  }

  /** 503 as long as the database does not answer. */
  @Operation(summary = "Whether it can work")
  @GetMapping({"/health", "/health/ready"})
  ResponseEntity<Health> ready() {
    try {
      jdbc.sql("select 1").query(Integer.class).single();
      return ResponseEntity.ok(health("UP"));
    } catch (DataAccessException e) {
      return ResponseEntity.status(503).body(health("DOWN"));
    }
  }

  /**
   * The version stands in the manifest of the packaged jar; classes run from a folder have none.
   */
  private Health health(String status) {
    var version = HealthController.class.getPackage().getImplementationVersion();
    return new Health(status, service, Objects.requireNonNullElse(version, "development"));
  }
}
