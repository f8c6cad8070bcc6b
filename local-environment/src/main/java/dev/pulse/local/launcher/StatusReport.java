package dev.pulse.local.launcher;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * How everything is.
 *
 * @param etlAnswers whether the jobs are known
 */
record StatusReport(
    List<Service> services, boolean etlAnswers, List<JsonNode> jobs, Database database) {

  private static final JsonMapper JSON = JsonMapper.shared();

  record Service(String name, URI url, boolean healthy) {}

  /**
   * Where the rows are.
   *
   * @param passwordFile readable by the one who started Pulse
   */
  record Database(String jdbcUrl, String user, Path passwordFile) {}

  StatusReport {
    services = List.copyOf(services);
    jobs = List.copyOf(jobs);
  }

  String json() {
    var root = JSON.createObjectNode();
    var all = root.putArray("services");
    for (var service : services) {
      all.addObject()
          .put("name", service.name())
          .put("url", service.url().toString())
          .put("healthy", service.healthy());
    }
    var listed = root.putArray("jobs");
    for (var job : jobs) copy(job, listed.addObject());
    root.putObject("database")
        .put("jdbcUrl", database.jdbcUrl())
        .put("user", database.user())
        .put("passwordFile", database.passwordFile().toString());
    return root.toPrettyString();
  }

  private static void copy(JsonNode job, ObjectNode into) {
    for (var field : List.of("name", "state", "rows", "lastSuccess", "error")) {
      into.set(field, job.hasNonNull(field) ? job.get(field) : JSON.getNodeFactory().nullNode());
    }
  }

  String text() {
    var text = new StringBuilder();
    for (var service : services) {
      var health = service.healthy() ? "healthy" : "not answering";
      text.append("%-18s %-14s %s%n".formatted(service.name(), health, service.url()));
    }
    text.append("%-18s %s (user %s)%n".formatted("database", database.jdbcUrl(), database.user()));
    if (!etlAnswers)
      return text.append("Jobs are unknown: etl-service does not answer through the gateway.")
          .toString();
    if (jobs.isEmpty()) return text.append("There are no connections.").toString();
    text.append("%n%-24s %-12s %10s  %s%n".formatted("JOB", "STATE", "ROWS", "LAST SUCCESS"));
    for (var job : jobs) {
      var last = job.path("lastSuccess").asString("");
      text.append(
          "%-24s %-12s %10d  %s%s%n"
              .formatted(
                  job.path("name").asString(""),
                  job.path("state").asString(""),
                  job.path("rows").asLong(0),
                  last.isEmpty() ? "never" : last,
                  job.hasNonNull("error") ? "  " + job.get("error") : ""));
    }
    return text.toString().stripTrailing();
  }
}
