package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.ConnectionForm;
import dev.pulse.etl.connectors.ConnectionForm.Field;
import dev.pulse.etl.connectors.ConnectionForm.FieldType;
import dev.pulse.etl.connectors.ConnectionForm.Right;
import dev.pulse.etl.connectors.ConnectionSettings;
import dev.pulse.etl.connectors.Connector;
import dev.pulse.etl.connectors.Source;
import dev.pulse.etl.platform.budget.Budgets;
import dev.pulse.etl.platform.http.SourceHttpFactory;
import java.util.List;
import org.springframework.stereotype.Component;

/** Reads Jira Data Center with a personal access token. */
@Component
class JiraDataCenterConnector implements Connector {

  private static final ConnectionForm FORM =
      new ConnectionForm(
          List.of(
              Field.required(
                  "baseUrl",
                  FieldType.URL,
                  "Address",
                  "Such as https://jira.your-company.example, with its path if it has one"),
              Field.required(
                  "token",
                  FieldType.SECRET,
                  "Personal access token",
                  "Made in the profile of an account of its own that can only read"),
              JiraOptions.REMOTE_LINKS,
              JiraOptions.DEVELOPMENT),
          List.of(
              new Right(
                  "Browse projects", "Only projects that the account can browse are read", true),
              new Right(
                  "Browse users", "Without it, people are known only by what they did", false),
              new Right(
                  "Jira Software", "Without it, neither boards nor sprints are read", false)));

  private final SourceHttpFactory http;
  private final Budgets budgets;

  JiraDataCenterConnector(SourceHttpFactory http, Budgets budgets) {
    this.http = http;
    this.budgets = budgets;
  }

  @Override
  public String id() {
    return "jira-data-center";
  }

  @Override
  public String label() {
    return "Jira Data Center";
  }

  @Override
  public ConnectionForm form() {
    return FORM;
  }

  @Override
  public Source open(ConnectionSettings settings) {
    var site = JiraConnector.site(settings.require("baseUrl"));
    var client =
        new JiraDataCenterClient(
            site,
            JiraAuthorization.bearer(settings.requireSecret("token")),
            http.open(id(), site, settings.network()),
            budgets);
    return new JiraSource(client, "Server", JiraOptions.of(settings));
  }
}
