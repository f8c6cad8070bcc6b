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
import org.springframework.stereotype.Component;

/** Reads Jira Cloud with an API token. */
@Component
class JiraConnector implements Connector {

  private static final ConnectionForm FORM =
      new ConnectionForm(
          List.of(
              Field.required(
                  "baseUrl", FieldType.URL, "Site", "Such as https://your-site.atlassian.net"),
              Field.required(
                  "email", FieldType.TEXT, "E-mail", "Of the account that the token belongs to"),
              Field.required(
                  "token",
                  FieldType.SECRET,
                  "API token",
                  "Made at id.atlassian.com, Security, API tokens")),
          List.of(
              new Right("Browse projects", "Issues of other projects are not read", true),
              new Right("Browse users and groups", "People without issues are not read", false)));

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
            settings.require("email"),
            settings.requireSecret("token"),
            http.open(site),
            budgets);
    return new JiraSource(client);
  }

  private static URI site(String text) {
    try {
      var uri = new URI(text.replaceAll("/+$", ""));
      if (uri.getHost() == null || uri.getQuery() != null) throw new URISyntaxException(text, "");
      return uri;
    } catch (URISyntaxException e) {
      throw new InvalidSetting(
          "settings.baseUrl", "is not the address of a site", "Copy it from the browser.");
    }
  }
}
