package dev.pulse.etl.connectors.github;

import static java.util.stream.Collectors.toMap;

import dev.pulse.etl.connectors.SourceFailure;
import dev.pulse.etl.connectors.SourceFailure.CredentialsRejected;
import dev.pulse.etl.connectors.SourceFailure.RequestRefused;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.SourceFailure.WrongProduct;
import dev.pulse.etl.platform.http.Answer;
import dev.pulse.etl.platform.http.Request;
import dev.pulse.etl.platform.json.SourceJson;
import dev.pulse.etl.platform.secret.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An App that is installed in an organisation, asking for itself.
 *
 * @see <a href="https://docs.github.com/en/rest/apps/apps">Apps</a>
 */
final class GitHubApp {

  /** Its requests are not paid from the installation's allowances. */
  private static final String RESOURCE = "app";

  /** Permissions of which a token is given the right to read, if the App has them. */
  private static final List<String> READABLE =
      List.of(
          "actions",
          "checks",
          "contents",
          "deployments",
          "issues",
          "members",
          "metadata",
          "pull_requests",
          "statuses");

  private static final String INSTALLATION = "installation";
  private static final String ACCESS_TOKENS = "access_tokens";

  private final GitHubChannel channel;
  private final String app;
  private final String organization;
  private final @Nullable String installationId;

  /**
   * An App.
   *
   * @param channel signed by the App
   * @param app id or client id
   * @param installationId null = that of the organisation
   */
  GitHubApp(
      GitHubChannel channel, String app, String organization, @Nullable String installationId) {
    this.channel = channel;
    this.app = app;
    this.organization = organization;
    this.installationId = installationId;
  }

  /**
   * Where the App is installed.
   *
   * @param slug the App's name in addresses
   * @param permissions read, write or admin, by the API's name of what may be done
   */
  record Installation(String id, String slug, Map<String, String> permissions) {

    Installation {
      permissions = Map.copyOf(permissions);
    }

    boolean has(GitHubRight right) {
      return permissions.containsKey(right.permission());
    }

    /** What a token of it is asked for: to read, and no more. */
    Map<String, String> toRead() {
      return READABLE.stream()
          .filter(permissions::containsKey)
          .collect(toMap(each -> each, each -> "read"));
    }
  }

  /**
   * A token of an installation.
   *
   * @param life how long GitHub takes it, by GitHub's own clock
   */
  record Token(Secret value, Duration life) {}

  /** What GitHub says of the installation. */
  Installation installation() throws InterruptedException {
    var path =
        installationId == null
            ? "orgs/" + organization + "/installation"
            : "app/installations/" + installationId;
    var answer = channel.send(RESOURCE, 1, Request.get(INSTALLATION, uri(path)));
    if (answer.status() != 200) throw refused(INSTALLATION, answer);
    var json = GitHubChannel.parse(INSTALLATION, answer);
    var id = GitHubJson.text(json, "id");
    var slug = GitHubJson.text(json, "app_slug");
    if (id == null || !json.path("permissions").isObject()) {
      throw new SourceUnavailable("the installation was not answered as documented", null);
    }
    requireOwn(GitHubJson.text(json.path("account"), "login"), id);
    if (json.path("suspended_at").isString()) throw suspended();
    return new Installation(id, slug == null ? app : slug, permissions(json.path("permissions")));
  }

  private static Map<String, String> permissions(JsonNode json) {
    return json.properties().stream()
        .collect(toMap(Map.Entry::getKey, each -> each.getValue().asString("")));
  }

  private void requireOwn(@Nullable String account, String id) {
    if (account == null || account.equalsIgnoreCase(organization)) return;
    throw new RequestRefused(
        "installation %s is of %s, not of %s".formatted(id, account, organization),
        "Leave the installation's id empty, or enter the one of " + organization + ".");
  }

  /** A new token, which may read and do nothing else. */
  Token token() throws InterruptedException {
    var installation = installation();
    var body = SourceJson.MAPPER.writeValueAsString(Map.of("permissions", installation.toRead()));
    var uri = uri("app/installations/" + installation.id + "/access_tokens");
    var answer = channel.send(RESOURCE, 1, Request.post(ACCESS_TOKENS, uri, body));
    if (answer.status() != 201) throw refused(ACCESS_TOKENS, answer);
    var json = GitHubChannel.parse(ACCESS_TOKENS, answer);
    var token = GitHubJson.text(json, "token");
    var ends = GitHubJson.time(json, "expires_at");
    if (token == null || ends == null) {
      throw new SourceUnavailable("GitHub answered a token without itself or its end", null);
    }
    return new Token(new Secret(token), life(answer.servedAt(), ends));
  }

  private static Duration life(Instant servedAt, Instant ends) {
    return Duration.between(servedAt, ends);
  }

  private SourceFailure refused(String operation, Answer answer) {
    if (answer.status() == 404) return absent(answer);
    if (answer.status() == 422) {
      return new SourceUnavailable("the App's rights have just changed", null);
    }
    return channel.refused(operation, RESOURCE, answer);
  }

  private SourceFailure absent(Answer answer) {
    if (!answer.isJson()) {
      return new WrongProduct(
          "no GitHub API answers at this address",
          "Leave the address empty for github.com, or use https://HOST/api/v3.");
    }
    return answer.text().contains("Integration not found")
        ? new CredentialsRejected(
            "GitHub knows no App " + app, "Copy the App's id, or its client id, from its settings.")
        : new CredentialsRejected(
            "the App is not installed in " + organization,
            "Install it there; check the organisation's name, and the installation's id if one"
                + " is entered.");
  }

  static CredentialsRejected suspended() {
    return new CredentialsRejected(
        "the App's installation is suspended",
        "Unsuspend it in the organisation's settings, under GitHub Apps.");
  }

  private URI uri(String path) {
    return URI.create(channel.root() + "/" + path);
  }
}
