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
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Reads one GitHub organisation as an App that is installed in it. */
@Component
class GitHubAppConnector implements Connector {

  private static final ConnectionForm FORM =
      new ConnectionForm(
          List.of(
              GitHubConnector.BASE_URL,
              GitHubConnector.ORGANIZATION,
              Field.required(
                  "appId",
                  FieldType.TEXT,
                  "App id",
                  "Or client id; both are shown in the App's settings"),
              Field.optional(
                  "installationId",
                  FieldType.TEXT,
                  "Installation id",
                  "Left out, it is found by the organisation",
                  null),
              Field.required(
                  "privateKey",
                  FieldType.SECRET,
                  "Private key",
                  "The whole .pem file, made in the App's settings")),
          GitHubRight.form());

  private final SourceHttpFactory http;
  private final Budgets budgets;
  private final Clock clock;

  GitHubAppConnector(SourceHttpFactory http, Budgets budgets, Clock clock) {
    this.http = http;
    this.budgets = budgets;
    this.clock = clock;
  }

  @Override
  public String id() {
    return "github-app";
  }

  @Override
  public String label() {
    return "GitHub (App)";
  }

  @Override
  public ConnectionForm form() {
    return FORM;
  }

  @Override
  public Source open(ConnectionSettings settings) {
    var root = GitHubConnector.root(settings);
    var organization = GitHubConnector.organization(settings);
    var id = appId(settings.require("appId"));
    var key = GitHubAppKey.of(settings.requireSecret("privateKey"));
    var installation = settings.settings().getOrDefault("installationId", "").strip();
    if (!installation.matches("\\d{0,18}")) {
      throw new InvalidSetting(
          "settings.installationId",
          "is not a number",
          "Leave it empty, or copy the number at the end of the installation's address.");
    }
    // tokens change hourly, and an App is installed in an organisation only once
    var payer = "app %s of %s".formatted(id, organization.toLowerCase(Locale.ROOT));
    var origin = http.open(id(), root, settings.network());
    var signature = new GitHubAppSignature(key, id, clock);
    var asApp = new GitHubChannel(root, signature, payer, origin, budgets);
    var app = new GitHubApp(asApp, id, organization, installation.isEmpty() ? null : installation);
    var token = new GitHubAppToken(app, clock);
    var client = new GitHubClient(new GitHubChannel(root, token, payer, origin, budgets));
    return new GitHubSource(client, organization, new GitHubAppIdentity(app), settings.startFrom());
  }

  private static String appId(String text) {
    if (text.matches("[A-Za-z0-9._-]{1,60}")) return text;
    throw new InvalidSetting(
        "settings.appId", "is not the id of an App", "Copy it from the App's settings.");
  }
}
