package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Page.OwedWork;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.UnreadableRecord;
import dev.pulse.etl.connectors.records.Deployment;
import dev.pulse.etl.connectors.records.DeploymentStatus;
import dev.pulse.etl.platform.json.SourceJson;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Turns deployments and their statuses into rows. */
final class GitHubDeploymentMapper {

  /** As long as a run of a workflow, which most of them come from. */
  private static final Duration LONGEST = Duration.ofDays(36);

  /**
   * GitHub calls abandoned what was told nothing for half an hour; it may be told something yet.
   */
  private static final Duration FORSAKEN = Duration.ofDays(2);

  /** Names the deployment of a status that is kept by itself. */
  private static final String OF = "ofDeployment";

  private GitHubDeploymentMapper() {}

  /** A deployment, or one status that had to be set aside before. */
  static void map(JsonNode raw, Partition repository, Page.Builder page) {
    if (raw.has(OF)) status(raw, raw.path(OF).asString(""), page);
    else deployment(raw, repository, page);
  }

  private static void deployment(JsonNode raw, Partition repository, Page.Builder page) {
    var id = GitHubJson.requireText(raw, "id");
    var created = GitHubJson.requireTime(raw, "createdAt");
    var production = raw.path(GitHubDeploymentFlags.PRODUCTION);
    page.seen(created);
    page.add(
        new Deployment(
            id,
            repository.id(),
            environment(raw),
            production.isBoolean() ? production.booleanValue() : null,
            GitHubJson.text(raw, "commitOid"),
            ref(raw),
            GitHubJson.text(raw, "task"),
            GitHubJson.account(raw.path("creator"), page),
            created,
            GitHubJson.requireTime(raw, "updatedAt"),
            null,
            extra(raw)));
    var statuses = raw.path("statuses");
    statuses(statuses, id, page);
    if (statuses.path("pageInfo").path("hasNextPage").asBoolean(false)) {
      // a further status need not show in the deployment itself
      page.owe(
          new OwedWork(GitHubDeploymentStatuses.NAME, Deployment.class, id, repository, "", false));
    }
  }

  /** One unreadable status costs neither the others nor the deployment. */
  static void statuses(JsonNode list, String deployment, Page.Builder page) {
    for (var node : list.path("nodes")) {
      var id = node.path("id").asString(deployment + " statuses");
      try {
        status(node, deployment, page);
        page.readable(id);
      } catch (UnreadableRecord e) {
        var kept = SourceJson.MAPPER.createObjectNode();
        node.propertyStream().forEach(each -> kept.set(each.getKey(), each.getValue()));
        page.setAside(id, e.getMessage(), kept.put(OF, deployment));
      }
    }
  }

  private static void status(JsonNode raw, String deployment, Page.Builder page) {
    var address = GitHubJson.text(raw, "environmentUrl");
    page.add(
        new DeploymentStatus(
            GitHubJson.requireText(raw, "id"),
            deployment,
            switch (raw.path("state").asString("")) {
              case "PENDING", "WAITING" -> "PENDING";
              case "QUEUED" -> "QUEUED";
              case "IN_PROGRESS" -> "RUNNING";
              case "SUCCESS" -> "SUCCESS";
              case "FAILURE" -> "FAILURE";
              case "ERROR" -> "ERROR";
              case "INACTIVE" -> "INACTIVE";
              default -> throw new UnreadableRecord("state: not one that is documented");
            },
            GitHubJson.account(raw.path("creator"), page),
            GitHubJson.requireTime(raw, "createdAt"),
            address == null || address.isEmpty() ? GitHubJson.text(raw, "logUrl") : address));
  }

  /** Whether a deployment is still on its way. */
  static boolean isOpen(JsonNode raw, Instant now) {
    var patience =
        switch (raw.path("state").asString("")) {
          case "ACTIVE", "SUCCESS", "INACTIVE", "DESTROYED", "ERROR", "FAILURE" -> Duration.ZERO;
          case "ABANDONED" -> FORSAKEN;
          default -> LONGEST;
        };
    return began(raw).isAfter(now.minus(patience));
  }

  /** A time that cannot be read was long ago. */
  static Instant began(JsonNode raw) {
    try {
      var created = GitHubJson.time(raw, "createdAt");
      return created == null ? Instant.EPOCH : created;
    } catch (UnreadableRecord e) {
      return Instant.EPOCH;
    }
  }

  static boolean isForgotten(Instant created, Instant now) {
    return created.isBefore(now.minus(LONGEST));
  }

  private static String environment(JsonNode raw) {
    var environment = GitHubJson.text(raw, "environment");
    return environment == null || environment.isEmpty()
        ? GitHubJson.requireText(raw, "originalEnvironment")
        : environment;
  }

  /** The ref as it was given; GraphQL knows only branches and tags that still exist. */
  private static @Nullable String ref(JsonNode raw) {
    var given = GitHubJson.text(raw, GitHubDeploymentFlags.REF);
    return given == null ? GitHubJson.text(raw.path("ref"), "name") : given;
  }

  private static String extra(JsonNode raw) {
    var extra = SourceJson.MAPPER.createObjectNode();
    for (var field : new String[] {"originalEnvironment", "description"}) {
      var value = GitHubJson.text(raw, field);
      if (value != null && !value.isEmpty()) extra.put(field, value);
    }
    return extra.toString();
  }
}
