package dev.pulse.local.github;

import dev.pulse.local.world.CodeDeployment;
import dev.pulse.local.world.CodeDeployment.Status;
import dev.pulse.local.world.Order;
import dev.pulse.local.world.Repository;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Deployments and their statuses, in GraphQL. */
final class DeploymentFields {

  /** A deployment that nobody has told anything of for so long counts as abandoned. */
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final Hub hub;

  DeploymentFields(Hub hub) {
    this.hub = hub;
  }

  private record Reported(CodeDeployment deployment, Status status) {}

  void wire(RuntimeWiring.Builder wiring) {
    Fields.of(wiring, CodeDeployment.class, "Deployment")
        .plain("id", DeploymentFields::id)
        .plain("createdAt", CodeDeployment::created)
        .plain("updatedAt", CodeDeployment::updated)
        .plain("environment", CodeDeployment::environment)
        .plain("originalEnvironment", CodeDeployment::environment)
        .plain("latestEnvironment", CodeDeployment::environment)
        .plain("description", CodeDeployment::description)
        .plain("task", CodeDeployment::task)
        .plain("state", this::state)
        .plain("commitOid", CodeDeployment::sha)
        .plain("ref", row -> row.ref().equals("main") ? row.repository() : null)
        .plain("creator", CodeDeployment::creator)
        .plain("repository", CodeDeployment::repository)
        .asked("statuses", DeploymentFields::statuses);
    Fields.of(wiring, Reported.class, "DeploymentStatus")
        .plain("id", DeploymentFields::id)
        .plain("createdAt", row -> row.status.at())
        .plain("updatedAt", row -> row.status.at())
        .plain("state", row -> row.status.state())
        .plain("environment", row -> row.deployment.environment())
        .plain("description", _ -> "")
        .plain("creator", row -> row.status.creator())
        .plain("logUrl", row -> Urls.repository(row.deployment.repository()) + "/actions")
        .plain("environmentUrl", DeploymentFields::address);
  }

  Connection<?> page(Repository row, DataFetchingEnvironment env) {
    Map<String, Object> asked = env.getArgument("orderBy");
    boolean descending = asked != null && "DESC".equals(asked.get("direction"));
    List<CodeDeployment> all = hub.deployments(row);
    CursorKeys<CodeDeployment> keys =
        CursorKeys.byOrder(each -> new Order(each.created(), each.databaseId()), descending);
    return Connection.of(descending ? all.reversed() : all, keys, each -> each, env);
  }

  /** The latest first. */
  private static Connection<?> statuses(CodeDeployment row, DataFetchingEnvironment env) {
    CursorKeys<Status> keys =
        CursorKeys.byOrder(each -> new Order(each.at(), each.databaseId()), true);
    return Connection.of(row.statuses().reversed(), keys, each -> new Reported(row, each), env);
  }

  private String state(CodeDeployment row) {
    boolean silent = row.state().equals("PENDING");
    if (silent && row.updated().plus(PATIENCE).isBefore(hub.now())) return "ABANDONED";
    return row.state().equals("SUCCESS") ? "ACTIVE" : row.state();
  }

  private static @Nullable String address(Reported row) {
    return row.status.state().equals("SUCCESS")
        ? "https://" + row.deployment.environment() + ".acme.example"
        : null;
  }

  private static String id(CodeDeployment row) {
    return NodeIds.of("DE", row.repository().databaseId(), row.databaseId());
  }

  private static String id(Reported row) {
    return NodeIds.of("DES", row.deployment.repository().databaseId(), row.status.databaseId());
  }
}
