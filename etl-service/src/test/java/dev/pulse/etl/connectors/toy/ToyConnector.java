package dev.pulse.etl.connectors.toy;

import dev.pulse.etl.connectors.ConnectionForm;
import dev.pulse.etl.connectors.ConnectionForm.Field;
import dev.pulse.etl.connectors.ConnectionForm.FieldType;
import dev.pulse.etl.connectors.ConnectionForm.Right;
import dev.pulse.etl.connectors.ConnectionSettings;
import dev.pulse.etl.connectors.Connector;
import dev.pulse.etl.connectors.Source;
import dev.pulse.etl.platform.budget.BudgetKey;
import dev.pulse.etl.platform.http.SourceHttpFactory;
import java.net.URI;
import java.util.List;
import org.springframework.stereotype.Component;

/** Reads the cards of a box of boards. */
@Component
class ToyConnector implements Connector {

  private static final ConnectionForm FORM =
      new ConnectionForm(
          List.of(
              Field.required("baseUrl", FieldType.URL, "Box", "Where the boards are"),
              Field.required("token", FieldType.SECRET, "Key", "It hangs on the box")),
          List.of(new Right("Look", "Without it nothing is seen", true)));

  private final SourceHttpFactory http;

  ToyConnector(SourceHttpFactory http) {
    this.http = http;
  }

  @Override
  public String id() {
    return "toy";
  }

  @Override
  public String label() {
    return "Toy box";
  }

  @Override
  public ConnectionForm form() {
    return FORM;
  }

  @Override
  public Source open(ConnectionSettings settings) {
    var box = URI.create(settings.require("baseUrl"));
    var client =
        new ToyClient(
            box, settings.requireSecret("token"), http.open(id(), box, settings.network()));
    return new ToySource(client, new BudgetKey("toy:" + box.getAuthority()));
  }
}
