package dev.pulse.etl.connections;

import dev.pulse.etl.platform.lists.Column;
import dev.pulse.etl.platform.lists.SortField;
import java.util.List;

/** What connections can be sorted by. */
enum ConnectionSort implements SortField<Connection> {
  ID,
  NAME;

  @Override
  public List<Column<Connection>> columns() {
    return switch (this) {
      case ID -> List.of(Column.number("id", Connection::requireId));
      case NAME -> List.of(Column.text("name", each -> each.name));
    };
  }
}
