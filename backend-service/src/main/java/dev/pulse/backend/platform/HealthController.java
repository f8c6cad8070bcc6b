package dev.pulse.backend.platform;

import java.util.Objects;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Says that the service is up. It depends on nothing else, so being alive, being ready and being
 * healthy are the same here.
 */
@RestController
class HealthController {

  private final Health health;

  HealthController(@Value("${spring.application.name}") String service) {
    this.health = new Health("UP", service, version());
  }

  /** Answers as soon as the service takes requests. */
  @GetMapping({"/health", "/health/live", "/health/ready"})
  Health health() {
    return health;
  }

  /**
   * The version stands in the manifest of the packaged jar; classes run from a folder have none.
   */
  private static String version() {
    return Objects.requireNonNullElse(
        HealthController.class.getPackage().getImplementationVersion(), "development");
  }

  /**
   * @param status always {@code UP}: a service that is down does not answer
   * @param service the name of the service, as its folder is called
   * @param version the version of the build
   */
  record Health(String status, String service, String version) {}
}
