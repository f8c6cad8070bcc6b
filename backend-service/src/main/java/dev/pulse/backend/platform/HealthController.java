package dev.pulse.backend.platform;

import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Says whether the service lives, and whether it can work: without its database nobody enters;
 * without Redis it goes on, and says so.
 */
@RestController
class HealthController {

  private final JdbcClient jdbc;
  private final Redis redis;
  private final String service;

  HealthController(
      JdbcClient jdbc, Redis redis, @Value("${spring.application.name}") String service) {
    this.jdbc = jdbc;
    this.redis = redis;
    this.service = service;
  }

  /**
   * How the service is.
   *
   * @param status {@code UP}, {@code DEGRADED} or {@code DOWN}
   * @param service the name of the service, as its folder is called
   * @param version the version of the build
   * @param away what should be there and does not answer: {@code database}, {@code redis}
   */
  record Health(String status, String service, String version, List<String> away) {}

  @GetMapping("/health/live")
  Health live() {
    return health("UP", List.of());
  }

  /** 503 as long as the database does not answer; Redis alone takes no node out of service. */
  @GetMapping({"/health", "/health/ready"})
  ResponseEntity<Health> ready() {
    try {
      jdbc.sql("select 1").query(Integer.class).single();
    } catch (DataAccessException e) {
      return ResponseEntity.status(503).body(health("DOWN", List.of("database")));
    }
    var degraded = redis.isWanted() && !redis.isHere();
    return ResponseEntity.ok(
        degraded ? health("DEGRADED", List.of("redis")) : health("UP", List.of()));
  }

  /**
   * The version stands in the manifest of the packaged jar; classes run from a folder have none.
   */
  private Health health(String status, List<String> away) {
    var version = HealthController.class.getPackage().getImplementationVersion();
    return new Health(status, service, Objects.requireNonNullElse(version, "development"), away);
  }
}
