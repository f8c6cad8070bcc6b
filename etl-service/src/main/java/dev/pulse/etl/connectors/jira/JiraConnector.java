package dev.pulse.etl.connectors.jira;

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
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Reads Jira Cloud with an API token. */
@Component
class JiraConnector implements Connector {

  private static final ConnectionForm FORM =
      new ConnectionForm(
          List.of(
              Field.required(
                  "baseUrl",
                  FieldType.URL,
                  "Site",
                  "Such as https://your-site.atlassian.net; for a token with scopes"
                      + " https://api.atlassian.com/ex/jira/CLOUD-ID"),
              Field.required(
                  "email", FieldType.TEXT, "E-mail", "Of the account that the token belongs to"),
              Field.required(
                  "token",
                  FieldType.SECRET,
                  "API token",
                  "Made at id.atlassian.com, Security, API tokens; it ends within a year"),
              JiraOptions.REMOTE_LINKS,
              JiraOptions.DEVELOPMENT),
          List.of(
              new Right(
                  "Browse projects (read:jira-work)",
                  "Only issues, and work logged, of projects that the account can browse are read",
                  true),
              new Right(
                  "Browse users and groups (read:jira-user)",
                  "Without it, people are known only by what they did",
                  false),
              JiraRights.BOARDS,
              JiraRights.SPRINTS));

  private final SourceHttpFactory http;
  private final Budgets budgets;

  JiraConnector(SourceHttpFactory http, Budgets budgets) {
    this.http = http;
    this.budgets = budgets;
  }

  @Override
  public String id() {
    return "jira";
  }

  @Override
  public String label() {
    return "Jira Cloud";
  }

  @Override
  public ConnectionForm form() {
    return FORM;
  }

  @Override
  public Source open(ConnectionSettings settings) {
    var site = site(settings.require("baseUrl"));
    var client =
        new JiraClient(
            site,
            JiraAuthorization.basic(settings.require("email"), settings.requireSecret("token")),
            http.open(id(), site, settings.network()),
            budgets);
    return new JiraSource(client, "Cloud", JiraOptions.of(settings));
  }

  /** People copy what the browser shows: of a page of a Cloud site only the site is kept. */
  static URI site(String text) {
    try {
      var uri = new URI(text.replaceAll("[?#].*$", "").replaceAll("/+$", ""));
      if (uri.getHost() == null || uri.getScheme() == null || uri.getUserInfo() != null) {
        throw new URISyntaxException("", "not an address with a plain host");
      }
      return uri.getHost().toLowerCase(Locale.ROOT).endsWith(".atlassian.net")
          ? new URI(uri.getScheme() + "://" + uri.getRawAuthority().toLowerCase(Locale.ROOT))
          : uri;
    } catch (URISyntaxException e) {
      throw new InvalidSetting(
          "settings.baseUrl", "is not the address of a site", "Copy it from the browser.");
    }
  }
}
