package dev.pulse.etl.connectors.github;

import static java.util.stream.Collectors.toSet;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.connectors.WalkedStream;
import dev.pulse.etl.connectors.records.Repository;
import dev.pulse.etl.platform.json.SourceJson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The repositories of an organisation. Each run reads them whole, and asks by id for those that it
 * knows and the list does not show: one that belongs to somebody else now leaves the scope. One
 * that GitHub does not show at all may be deleted, or hidden from the token: it stays, and whoever
 * reads it reports it.
 */
final class GitHubRepositories implements WalkedStream {

  private static final int AT_ONCE = 100;

  private final GitHubClient client;
  private final String organization;
  private final Set<String> unseen = ConcurrentHashMap.newKeySet();

  GitHubRepositories(GitHubClient client, String organization) {
    this.client = client;
    this.organization = organization;
  }

  @Override
  public String name() {
    return "repositories";
  }

  @Override
  public PageSize pageSize() {
    return new PageSize(10, 100, 100);
  }

  @Override
  public boolean incremental() {
    return false;
  }

  @Override
  public List<PlannedWalk> plan(Planning planning) {
    unseen.addAll(planning.scope().stream().map(ScopeElement::externalId).collect(toSet()));
    return List.of(new PlannedWalk(Partition.WHOLE, null));
  }

  @Override
  public Page read(Request request) throws InterruptedException {
    var variables = new HashMap<String, Object>();
    variables.put("login", organization);
    variables.put("first", request.pageSize());
    var after = GitHubList.after(request);
    if (after != null) variables.put("after", after);
    var reply = client.query(GitHubQuery.REPOSITORIES, variables, 1);
    var found = reply.json().path("organization");
    if (!found.isObject()) throw GitHubCatalogue.absent(organization);
    var list = GitHubList.of(reply, "organization", "repositories");
    var page = Page.servedAt(reply.servedAt());
    list.map(this, request, page);
    for (var each : list.nodes()) unseen.remove(each.path("id").asString(""));
    if (list.next() == null) leave(GitHubJson.text(found, "login"), page);
    return list.end(page);
  }

  /** Notes those that are another owner's now. */
  private void leave(@Nullable String login, Page.Builder page) throws InterruptedException {
    var ids = unseen.stream().sorted().toList();
    for (int from = 0; from < ids.size() && login != null; from += AT_ONCE) {
      var some = ids.subList(from, Math.min(from + AT_ONCE, ids.size()));
      var reply = client.query(GitHubQuery.REPOSITORY_OWNERS, Map.of("ids", some), 1);
      for (var each : reply.json().path("nodes")) {
        var id = GitHubJson.text(each, "id");
        var owner = GitHubJson.text(each.path("owner"), "login");
        if (id == null || owner == null || owner.equalsIgnoreCase(login)) continue;
        page.left(id).deleted(Repository.class, id);
      }
    }
  }

  @Override
  public void map(JsonNode raw, Partition partition, Page.Builder page) {
    page.add(
        new Repository(
            GitHubJson.requireText(raw, "id"),
            GitHubJson.requireText(raw, "name"),
            GitHubJson.requireText(raw, "nameWithOwner"),
            GitHubJson.text(raw.path("defaultBranchRef"), "name"),
            raw.path("isPrivate").asBoolean(false),
            raw.path("isArchived").asBoolean(false),
            raw.path("isFork").asBoolean(false),
            GitHubJson.text(raw.path("primaryLanguage"), "name"),
            GitHubJson.time(raw, "createdAt"),
            GitHubJson.time(raw, "pushedAt"),
            GitHubJson.text(raw, "url"),
            extra(raw)));
    page.scope(GitHubCatalogue.element(raw, client.host()));
  }

  /** That GitHub has disabled or locked it, as long as it has. */
  private static @Nullable String extra(JsonNode raw) {
    var extra = new TreeMap<String, Object>();
    if (raw.path("isDisabled").asBoolean(false)) extra.put("disabled", true);
    if (raw.path("isLocked").asBoolean(false)) {
      var reason = GitHubJson.text(raw, "lockReason");
      extra.put("locked", reason == null ? "yes" : reason);
    }
    return extra.isEmpty() ? null : SourceJson.MAPPER.writeValueAsString(extra);
  }
}
