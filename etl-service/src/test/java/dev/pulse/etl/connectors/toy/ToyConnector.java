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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
  private final Map<String, Integer> mappings = new ConcurrentHashMap<>();

  ToyConnector(SourceHttpFactory http) {
    this.http = http;
  }

  /**
   * As if this were another version of the connector, for one box: 2 keeps the link of a card too.
   */
  void mapping(String box, int number) {
    mappings.put(box, number);
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
    int mapping = mappings.getOrDefault(box.toString(), 1);
    return new ToySource(client, new BudgetKey("toy:" + box.getAuthority()), mapping);
  }
}
