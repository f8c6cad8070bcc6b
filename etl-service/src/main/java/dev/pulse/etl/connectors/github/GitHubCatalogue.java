package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.WalkedStream;
import dev.pulse.etl.connectors.records.Account;
import dev.pulse.etl.connectors.records.Organization;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The organisation and its members. Each run reads them whole. */
final class GitHubCatalogue implements WalkedStream {

  private final GitHubClient client;
  private final String organization;
  private final String name;
  private final GitHubQuery query;
  private final @Nullable String connection;
  private final Mapping mapping;

  private interface Mapping {
    void map(JsonNode raw, Page.Builder page);
  }

  private GitHubCatalogue(
      GitHubClient client,
      String organization,
      String name,
      GitHubQuery query,
      @Nullable String connection,
      Mapping mapping) {
    this.client = client;
    this.organization = organization;
    this.name = name;
    this.query = query;
    this.connection = connection;
    this.mapping = mapping;
  }

  static GitHubCatalogue organization(GitHubClient client, String organization) {
    return new GitHubCatalogue(
        client,
        organization,
        "organization",
        GitHubQuery.ORGANIZATION,
        null,
        (raw, page) -> {
          var login = GitHubJson.requireText(raw, "login");
          var name = GitHubJson.text(raw, "name");
          page.add(
              new Organization(
                  GitHubJson.requireText(raw, "id"),
                  login,
                  name == null ? login : name,
                  GitHubJson.text(raw, "url")));
        });
  }

  static ScopeElement element(JsonNode raw, String host) {
    return new ScopeElement(
        GitHubJson.requireText(raw, "id"),
        host,
        GitHubJson.requireText(raw, "nameWithOwner"),
        GitHubJson.requireText(raw, "name"),
        Map.of());
  }

  static GitHubCatalogue members(GitHubClient client, String organization) {
    return new GitHubCatalogue(
        client,
        organization,
        "accounts",
        GitHubQuery.MEMBERS,
        "membersWithRole",
        (raw, page) ->
            page.add(
                new Account(
                    GitHubJson.requireText(raw, "databaseId"),
                    GitHubJson.requireText(raw, "login"),
                    GitHubJson.text(raw, "name"),
                    GitHubJson.text(raw, "email"),
                    "USER",
                    true,
                    null)));
  }

  @Override
  public String name() {
    return name;
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
  public boolean required() {
    return query != GitHubQuery.MEMBERS;
  }

  @Override
  public Page read(Request request) throws InterruptedException {
    var variables = new HashMap<String, Object>();
    variables.put("login", organization);
    var after = GitHubList.after(request);
    if (connection != null) variables.put("first", request.pageSize());
    if (after != null) variables.put("after", after);
    var reply = client.query(query, variables, 1);
    var found = reply.json().path("organization");
    if (!found.isObject()) throw absent(organization);
    var page = Page.servedAt(reply.servedAt());
    if (connection == null) {
      return page.map(this, found, request.partition(), organization).last();
    }
    var list = GitHubList.of(reply, "organization", connection);
    list.map(this, request, page);
    return list.end(page);
  }

  static AccessDenied absent(String organization) {
    return new AccessDenied(
        "the organisation " + organization + " is absent or not visible to the token",
        "Check its name, and that the token belongs to it.");
  }

  @Override
  public void map(JsonNode raw, Partition partition, Page.Builder page) {
    mapping.map(raw, page);
  }
}
