package dev.pulse.etl.connections;

import dev.pulse.etl.connectors.Connector;
import dev.pulse.etl.platform.lists.Column;
import dev.pulse.etl.platform.lists.SortField;
import java.util.List;

/** What connectors can be sorted by. */
enum ConnectorSort implements SortField<Connector> {
  LABEL;

  @Override
  public List<Column<Connector>> columns() {
    return List.of(Column.text("label", Connector::label), Column.text("id", Connector::id));
  }
}
