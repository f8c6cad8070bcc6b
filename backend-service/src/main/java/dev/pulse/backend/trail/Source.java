package dev.pulse.backend.trail;

import dev.pulse.model.AuditPosition;
import java.util.Arrays;
import java.util.Optional;

/** Which service wrote an event down. Events of one moment are told in this order. */
enum Source {
  BACKEND_SERVICE("backend-service"),
  ETL_SERVICE("etl-service");

  private final String service;

  Source(String service) {
    this.service = service;
  }

  /** Its name, as people and the API know it. */
  String service() {
    return service;
  }

  static Optional<Source> find(String service) {
    return Arrays.stream(values()).filter(each -> each.service.equals(service)).findFirst();
  }

  /** What of this source follows an event of another one, or of the same. */
  AuditPosition after(TrailPosition last) {
    int order = compareTo(last.source());
    if (order == 0) return new AuditPosition(last.at(), last.id());
    return new AuditPosition(last.at(), order > 0 ? Long.MAX_VALUE : 0);
  }
}
