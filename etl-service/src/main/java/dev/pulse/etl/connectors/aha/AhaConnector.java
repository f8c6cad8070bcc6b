package dev.pulse.etl.connectors.aha;

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

/** Reads Aha! with an API key. */
@Component
class AhaConnector implements Connector {

  private static final ConnectionForm FORM =
      new ConnectionForm(
          List.of(
              Field.required(
                  "baseUrl", FieldType.URL, "Account", "Such as https://your-company.aha.io"),
              Field.required(
                  "token",
                  FieldType.SECRET,
                  "API key",
                  "Made in Aha! under Settings, Personal, Developer, API key")),
          List.of(
              new Right(
                  "Reviewer or Viewer of the workspaces",
                  "Only workspaces that the user of the key can see are read",
                  true),
              new Right(
                  "List of the account's users",
                  "Without it, people are known only by what they did",
                  false)));

  private final SourceHttpFactory http;
  private final Budgets budgets;

  AhaConnector(SourceHttpFactory http, Budgets budgets) {
    this.http = http;
    this.budgets = budgets;
  }

  @Override
  public String id() {
    return "aha";
  }

  @Override
  public String label() {
    return "Aha!";
  }

  @Override
  public ConnectionForm form() {
    return FORM;
  }

  @Override
  public Source open(ConnectionSettings settings) {
    var site = site(settings.require("baseUrl"));
    var token = settings.requireSecret("token");
    var client = new AhaClient(site, token, http.open(id(), site, settings.network()), budgets);
    return new AhaSource(client, settings.startFrom());
  }

  /** People copy what the browser shows: of a page of Aha! only the account is kept. */
  private static URI site(String text) {
    try {
      var uri = new URI(text.replaceAll("[?#].*$", "").replaceAll("/+$", ""));
      if (uri.getHost() == null || uri.getScheme() == null || uri.getUserInfo() != null) {
        throw new URISyntaxException("", "not an address with a plain host");
      }
      return uri.getHost().toLowerCase(Locale.ROOT).endsWith(".aha.io")
          ? new URI(uri.getScheme() + "://" + uri.getRawAuthority().toLowerCase(Locale.ROOT))
          : uri;
    } catch (URISyntaxException e) {
      throw new InvalidSetting(
          "settings.baseUrl", "is not the address of an account", "Copy it from the browser.");
    }
  }
}
