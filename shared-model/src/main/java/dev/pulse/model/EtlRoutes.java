package dev.pulse.model;

import static dev.pulse.model.EtlRoute.Reach.ALL;
import static dev.pulse.model.EtlRoute.Reach.CONNECTION;
import static dev.pulse.model.EtlRoute.Reach.VISIBLE;
import static dev.pulse.model.Permission.AUDIT_READ;
import static dev.pulse.model.Permission.CHECKPOINTS_WRITE;
import static dev.pulse.model.Permission.CONNECTIONS_READ;
import static dev.pulse.model.Permission.CONNECTIONS_WRITE;
import static dev.pulse.model.Permission.ITEMS_READ;
import static dev.pulse.model.Permission.JOBS_CONTROL;
import static dev.pulse.model.Permission.JOBS_READ;
import static dev.pulse.model.Permission.LOGS_READ;
import static dev.pulse.model.Permission.QUARANTINE_WRITE;
import static dev.pulse.model.Permission.SETTINGS_WRITE;

import dev.pulse.model.EtlRoute.Reach;
import java.util.List;

/**
 * Every route of etl-service and who may use it, for etl-service, which enforces it, and for the
 * gateway, which shows the same routes under a prefix of its own. What is not in here is served to
 * nobody who comes through the gateway; a test fails for a route that is missing.
 */
public final class EtlRoutes {

  /** Where etl-service serves them. */
  public static final String PREFIX = "/api/v1";

  private static final List<EtlRoute> LIST =
      List.of(
          get("/connectors", CONNECTIONS_READ, VISIBLE),
          get("/connections", CONNECTIONS_READ, VISIBLE),
          get("/connections/{id}", CONNECTIONS_READ, CONNECTION),
          post("/connections", CONNECTIONS_WRITE, ALL),
          put("/connections/{id}", CONNECTIONS_WRITE, CONNECTION),
          delete("/connections/{id}", CONNECTIONS_WRITE, CONNECTION),
          get("/connections/{id}/scope", CONNECTIONS_READ, CONNECTION),
          put("/connections/{id}/scope", CONNECTIONS_WRITE, CONNECTION),
          post("/connections/check", CONNECTIONS_WRITE, VISIBLE),
          post("/connections/{id}/check", CONNECTIONS_WRITE, CONNECTION),
          post("/connections/discover", CONNECTIONS_WRITE, VISIBLE),
          post("/connections/{id}/discover", CONNECTIONS_WRITE, CONNECTION),
          post("/connections/estimate", CONNECTIONS_WRITE, VISIBLE),
          post("/connections/{id}/estimate", CONNECTIONS_WRITE, CONNECTION),
          get("/jobs", JOBS_READ, VISIBLE),
          get("/jobs/status", JOBS_READ, VISIBLE),
          get("/jobs/{id}", JOBS_READ, CONNECTION),
          post("/jobs/{id}/start", JOBS_CONTROL, CONNECTION),
          post("/jobs/{id}/stop", JOBS_CONTROL, CONNECTION),
          post("/jobs/{id}/pause", JOBS_CONTROL, CONNECTION),
          post("/jobs/{id}/resume", JOBS_CONTROL, CONNECTION),
          post("/jobs/{id}/activate", JOBS_CONTROL, CONNECTION),
          get("/jobs/{id}/runs", JOBS_READ, CONNECTION),
          get("/jobs/{id}/errors", JOBS_READ, CONNECTION),
          get("/jobs/{id}/coverage", JOBS_READ, CONNECTION),
          get("/jobs/{id}/checkpoints", JOBS_READ, CONNECTION),
          post("/jobs/{id}/checkpoints/rewind", CHECKPOINTS_WRITE, CONNECTION),
          get("/jobs/{id}/backfills", JOBS_READ, CONNECTION),
          post("/jobs/{id}/backfill", CHECKPOINTS_WRITE, CONNECTION),
          delete("/jobs/{id}/backfills/{backfill}", CHECKPOINTS_WRITE, CONNECTION),
          get("/jobs/{id}/schedule", JOBS_READ, CONNECTION),
          put("/jobs/{id}/schedule", JOBS_CONTROL, CONNECTION),
          post("/jobs/{id}/schedule/preview", JOBS_READ, CONNECTION),
          get("/jobs/{id}/vanished", JOBS_READ, CONNECTION),
          post("/jobs/{id}/vanished/approve", QUARANTINE_WRITE, CONNECTION),
          post("/jobs/{id}/vanished/reject", QUARANTINE_WRITE, CONNECTION),
          get("/runs", JOBS_READ, VISIBLE),
          get("/runs/{id}", JOBS_READ, VISIBLE),
          get("/runs/{id}/streams", JOBS_READ, VISIBLE),
          get("/runs/{id}/progress", JOBS_READ, VISIBLE),
          get("/runs/{id}/events", JOBS_READ, VISIBLE),
          get("/runs/{id}/errors", JOBS_READ, VISIBLE),
          get("/runs/{id}/log", LOGS_READ, VISIBLE),
          get("/events", JOBS_READ, VISIBLE),
          get("/freshness", JOBS_READ, VISIBLE),
          get("/attention", JOBS_READ, VISIBLE),
          get("/quarantine", JOBS_READ, VISIBLE),
          get("/quarantine/{id}", ITEMS_READ, VISIBLE),
          post("/quarantine/{id}/retry", QUARANTINE_WRITE, VISIBLE),
          get("/budgets", JOBS_READ, VISIBLE),
          get("/sources", JOBS_READ, ALL),
          get("/orchestrator", JOBS_READ, VISIBLE),
          post("/orchestrator/pause", JOBS_CONTROL, ALL),
          post("/orchestrator/resume", JOBS_CONTROL, ALL),
          post("/orchestrator/start", JOBS_CONTROL, ALL),
          put("/orchestrator/settings", SETTINGS_WRITE, ALL),
          get("/logs/recent", LOGS_READ, ALL),
          get("/logs/files", LOGS_READ, ALL),
          get("/logs/download/{file}", LOGS_READ, ALL),
          post("/logs/cleanup", SETTINGS_WRITE, ALL),
          get("/alerts", SETTINGS_WRITE, ALL),
          post("/alerts", SETTINGS_WRITE, ALL),
          get("/alerts/{id}", SETTINGS_WRITE, ALL),
          put("/alerts/{id}", SETTINGS_WRITE, ALL),
          delete("/alerts/{id}", SETTINGS_WRITE, ALL),
          post("/alerts/{id}/test", SETTINGS_WRITE, ALL),
          get("/audit", AUDIT_READ, ALL));

  private EtlRoutes() {}

  /** The whole table. */
  public static List<EtlRoute> list() {
    return LIST;
  }

  private static EtlRoute get(String path, Permission permission, Reach reach) {
    return new EtlRoute("GET", path, permission, reach);
  }

  private static EtlRoute post(String path, Permission permission, Reach reach) {
    return new EtlRoute("POST", path, permission, reach);
  }

  private static EtlRoute put(String path, Permission permission, Reach reach) {
    return new EtlRoute("PUT", path, permission, reach);
  }

  private static EtlRoute delete(String path, Permission permission, Reach reach) {
    return new EtlRoute("DELETE", path, permission, reach);
  }
}
