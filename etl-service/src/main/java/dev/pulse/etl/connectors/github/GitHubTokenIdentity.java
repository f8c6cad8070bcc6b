package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.CheckResult.MissingRight;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.SourceFailure.WrongProduct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Of a token GitHub tells the user; which rights it lacks, a request that needs them tells. */
final class GitHubTokenIdentity implements GitHubIdentity {

  private final GitHubClient client;
  private final String organization;

  GitHubTokenIdentity(GitHubClient client, String organization) {
    this.client = client;
    this.organization = organization;
  }

  @Override
  public Whose ask() throws InterruptedException {
    var user = user();
    return new Whose(user, missing());
  }

  @Override
  public List<MissingRight> tryOut(JsonNode repositories) throws InterruptedException {
    return new GitHubRights(client).missing(repositories);
  }

  private List<MissingRight> missing() throws InterruptedException {
    var missing = new ArrayList<MissingRight>();
    try {
      client.query(GitHubQuery.MEMBERS, Map.of("login", organization, "first", 1), 1);
    } catch (AccessDenied e) {
      missing.add(
          new MissingRight(
              "Members: read",
              "Teams, and people without pull requests, are not read",
              e.remedy(),
              false));
    }
    return missing;
  }

  private @Nullable String user() throws InterruptedException {
    try {
      var user = client.get("user", "user").json();
      var login = GitHubJson.text(user, "login");
      if (login != null && user.has("node_id")) return login;
    } catch (AccessDenied e) {
      if (answersAsGitHub()) return null; // the token of an App has no user
    }
    throw new WrongProduct(
        "no GitHub API answers at this address",
        "Leave the address empty for github.com, or use https://HOST/api/v3.");
  }

  /** An Enterprise Server may have no rate limits, and then knows no such path. */
  private boolean answersAsGitHub() throws InterruptedException {
    try {
      return client.get("rate_limit", "rate_limit").json().path("resources").has("core");
    } catch (AccessDenied e) {
      return client.isEnterpriseServer();
    }
  }
}
