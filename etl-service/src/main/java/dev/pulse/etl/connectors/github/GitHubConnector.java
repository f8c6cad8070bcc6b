package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.ConnectionForm;
import dev.pulse.etl.connectors.ConnectionForm.Field;
import dev.pulse.etl.connectors.ConnectionForm.FieldType;
import dev.pulse.etl.connectors.ConnectionForm.Right;
import dev.pulse.etl.connectors.ConnectionSettings;
import dev.pulse.etl.connectors.Connector;
import dev.pulse.etl.connectors.InvalidSetting;
import dev.pulse.etl.connectors.Source;
import dev.pulse.etl.platform.budget.Budgets;
import dev.pulse.etl.platform.http.SourceHttpFactory;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.springframework.stereotype.Component;

/** Reads one GitHub organisation with a token. */
@Component
class GitHubConnector implements Connector {

  private static final ConnectionForm FORM =
      new ConnectionForm(
          List.of(
              Field.optional(
                  "baseUrl",
                  FieldType.URL,
                  "API address",
                  "Leave it for github.com; https://HOST/api/v3 for GitHub Enterprise Server",
                  "https://api.github.com"),
              Field.required(
                  "organization", FieldType.TEXT, "Organisation", "As in github.com/ORGANISATION"),
              Field.required(
                  "token",
                  FieldType.SECRET,
                  "Token",
                  "Fine-grained, of the organisation, with read access to the rights below")),
          List.of(
              new Right("Metadata: read", "Nothing is read without it", true),
              new Right("Pull requests: read", "Pull requests and reviews are not read", true),
              new Right("Issues: read", "Issues, and comments, are not read", true),
              new Right("Contents: read", "Commits of pull requests are not read", true),
              new Right("Members: read", "Teams, and people without pull requests, are not read", false)));

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
    var root = root(settings.require("baseUrl"));
    var organization = settings.require("organization");
    if (!organization.matches("[A-Za-z0-9](?:[A-Za-z0-9-]{0,98})")) {
      throw new InvalidSetting(
          "settings.organization",
          "is not the name of an organisation",
          "Copy it from its address.");
    }
    var client =
        new GitHubClient(
            root, settings.requireSecret("token"), http.open(root, settings.network()), budgets);
    return new GitHubSource(client, organization);
  }

  private static URI root(String text) {
    try {
      var uri = new URI(text.replaceAll("/+$", ""));
      if (uri.getHost() == null || uri.getQuery() != null) throw new URISyntaxException(text, "");
      return uri;
    } catch (URISyntaxException e) {
      throw new InvalidSetting(
          "settings.baseUrl", "is not the address of an API", "Leave it empty for github.com.");
    }
  }
}
