package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Adds to deployments, as GraphQL answers them, what only REST tells: whether the environment is
 * one of production, and the ref as it was given.
 *
 * <p>Both lists begin with the newest. The ids of the two APIs do not match: GraphQL's numbers end
 * at 31 bits, and REST writes older node ids in another form. So deployments are matched by commit,
 * moment and environment; what is not found, or told in two ways, stays unknown.
 */
final class GitHubDeploymentFlags {

  static final String PRODUCTION = "productionEnvironment";
  static final String REF = "givenRef";

  /** The lists may be a little apart: a deployment may have come in between. */
  private static final int PAGES = 2;

  private final GitHubClient client;

  GitHubDeploymentFlags(GitHubClient client) {
    this.client = client;
  }

  /**
   * Completes a page of GraphQL's list.
   *
   * @param before how many deployments are newer than the page
   */
  void add(JsonNode page, Partition repository, int before, int size) throws InterruptedException {
    var open = new ArrayList<ObjectNode>();
    for (var node : page) if (node instanceof ObjectNode object) open.add(object);
    var told = new ArrayList<JsonNode>();
    boolean more = true;
    for (int i = 0; i < PAGES && more && !open.isEmpty(); i++) {
      var path =
          "repos/%s/deployments?per_page=%d&page=%d"
              .formatted(repository.label(), size, before / size + 1 + i);
      var reply = client.get("deployment_flags", path);
      if (!reply.json().isArray()) {
        throw new SourceUnavailable("deployments answered no list", null);
      }
      reply.json().forEach(told::add);
      open.removeIf(node -> found(node, told));
      more = reply.more();
    }
  }

  private static boolean found(ObjectNode node, List<JsonNode> told) {
    var same = told.stream().filter(each -> same(node, each)).toList();
    if (same.isEmpty()) return false;
    set(node, PRODUCTION, same, "production_environment");
    set(node, REF, same, "ref");
    return true;
  }

  private static void set(ObjectNode node, String name, List<JsonNode> same, String field) {
    var values = same.stream().map(each -> each.path(field)).distinct().toList();
    if (values.size() == 1) node.set(name, values.getFirst());
    else node.putNull(name);
  }

  /** Whether GraphQL's node and REST's answer are of one deployment. */
  static boolean same(JsonNode node, JsonNode told) {
    return node.path("commitOid").asString("").equals(told.path("sha").asString("-"))
        && node.path("createdAt").asString("").equals(told.path("created_at").asString("-"))
        && texts(node, "environment", "originalEnvironment").stream()
            .anyMatch(texts(told, "environment", "original_environment")::contains);
  }

  private static Set<String> texts(JsonNode node, String... fields) {
    return Stream.of(fields)
        .map(field -> node.path(field).asString(""))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.toSet());
  }
}
