package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.ConnectionForm;
import dev.pulse.etl.connectors.ConnectionForm.Field;
import dev.pulse.etl.connectors.ConnectionForm.FieldType;
import dev.pulse.etl.connectors.ConnectionSettings;
import dev.pulse.etl.connectors.Connector;
import dev.pulse.etl.connectors.InvalidSetting;
import dev.pulse.etl.connectors.Source;
import dev.pulse.etl.platform.budget.Budgets;
import dev.pulse.etl.platform.http.SourceHttpFactory;
import dev.pulse.etl.platform.secret.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.springframework.stereotype.Component;

/** Reads one GitHub organisation with a token. */
@Component
class GitHubConnector implements Connector {

  static final Field BASE_URL =
      Field.optional(
          "baseUrl",
          FieldType.URL,
          "API address",
          "Leave it for github.com; https://HOST/api/v3 for GitHub Enterprise Server",
          "https://api.github.com");

  static final Field ORGANIZATION =
      Field.required(
          "organization", FieldType.TEXT, "Organisation", "As in github.com/ORGANISATION");

  private static final ConnectionForm FORM =
      new ConnectionForm(
          List.of(
              BASE_URL,
              ORGANIZATION,
              Field.required(
                  "token",
                  FieldType.SECRET,
                  "Token",
                  "Fine-grained, of the organisation, with read access to the rights below")),
          GitHubRight.form());

  private final SourceHttpFactory http;
  private final Budgets budgets;

  GitHubConnector(SourceHttpFactory http, Budgets budgets) {
    this.http = http;
    this.budgets = budgets;
  }

  @Override
  public String id() {
    return "github";
  }

  @Override
  public String label() {
    return "GitHub";
  }

  @Override
  public ConnectionForm form() {
    return FORM;
  }

  @Override
  public Source open(ConnectionSettings settings) {
    var root = root(settings);
    var organization = organization(settings);
    var token = settings.requireSecret("token");
    var channel =
        new GitHubChannel(
            root,
            GitHubAuthorization.token(token),
            fingerprint(token),
            http.open(id(), root, settings.network()),
            budgets);
    var client = new GitHubClient(channel);
    var identity = new GitHubTokenIdentity(client, organization);
    return new GitHubSource(client, organization, identity, settings.startFrom());
  }

  static URI root(ConnectionSettings settings) {
    var text = settings.require("baseUrl");
    try {
      var uri = new URI(text.replaceAll("/+$", ""));
      if (uri.getHost() == null || uri.getQuery() != null) throw new URISyntaxException(text, "");
      return uri;
    } catch (URISyntaxException e) {
      throw new InvalidSetting(
          "settings.baseUrl", "is not the address of an API", "Leave it empty for github.com.");
    }
  }

  static String organization(ConnectionSettings settings) {
    var organization = settings.require("organization");
    if (organization.matches("[A-Za-z0-9](?:[A-Za-z0-9-]{0,98})")) return organization;
    throw new InvalidSetting(
        "settings.organization", "is not the name of an organisation", "Copy it from its address.");
  }

  /** Tells tokens apart without showing any of them. */
  private static String fingerprint(Secret token) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      var bytes = digest.digest(token.reveal().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
