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
import dev.pulse.etl.platform.secret.RotatingTokens;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Reads Jira Cloud as an app that a person has authorized. */
@Component
class JiraOAuthConnector implements Connector {

  private static final URI TOKENS = URI.create("https://auth.atlassian.com/oauth/token");

  private static final ConnectionForm FORM =
      new ConnectionForm(
          List.of(
              Field.required(
                  "baseUrl",
                  FieldType.URL,
                  "Address",
                  "https://api.atlassian.com/ex/jira/CLOUD-ID; the id is shown at"
                      + " https://your-site.atlassian.net/_edge/tenant_info"),
              Field.required(
                  "clientId",
                  FieldType.TEXT,
                  "Client id",
                  "Of the app, at developer.atlassian.com"),
              Field.required(
                  "clientSecret", FieldType.SECRET, "Client secret", "Of the app, likewise"),
              Field.required(
                  "refreshToken",
                  FieldType.SECRET,
                  "Refresh token",
                  "From an authorization with the scope offline_access; Pulse keeps the ones that"
                      + " follow it"),
              JiraOptions.REMOTE_LINKS,
              JiraOptions.DEVELOPMENT),
          List.of(
              new Right("offline_access", "Without it nothing can be read after an hour", true),
              new Right(
                  "read:jira-work",
                  "Only issues, and work logged, of projects that the person can browse are read",
                  true),
              new Right(
                  "read:jira-user", "Without it, people are known only by what they did", false),
              JiraRights.BOARDS,
              JiraRights.SPRINTS));

  private final SourceHttpFactory http;
  private final Budgets budgets;
  private final RotatingTokens rotating;

  JiraOAuthConnector(SourceHttpFactory http, Budgets budgets, RotatingTokens rotating) {
    this.http = http;
    this.budgets = budgets;
    this.rotating = rotating;
  }

  @Override
  public String id() {
    return "jira-oauth";
  }

  @Override
  public String label() {
    return "Jira Cloud (OAuth)";
  }

  @Override
  public ConnectionForm form() {
    return FORM;
  }

  @Override
  public Source open(ConnectionSettings settings) {
    var site = JiraConnector.site(settings.require("baseUrl"));
    if (site.getHost().toLowerCase(Locale.ROOT).endsWith(".atlassian.net")) {
      throw new InvalidSetting(
          "settings.baseUrl",
          "is not where an app may ask",
          "Enter https://api.atlassian.com/ex/jira/CLOUD-ID.");
    }
    var tokens = tokens(site);
    var grant =
        new JiraGrant(
            tokens,
            settings.require("clientId"),
            settings.requireSecret("clientSecret"),
            settings.requireSecret("refreshToken"),
            () -> http.open(id(), tokens, settings.network()),
            rotating);
    var client = new JiraClient(site, grant, http.open(id(), site, settings.network()), budgets);
    return new JiraSource(client, "Cloud", JiraOptions.of(settings));
  }

  /** Not a setting: secrets go nowhere but to whom the address belongs. */
  private static URI tokens(URI site) {
    return site.getHost().equals("api.atlassian.com") ? TOKENS : URI.create(site + "/oauth/token");
  }
}
