package dev.pulse.etl.platform.lists;

import java.util.List;

/** The only order of a list whose numbers rise: that in which its entries came. */
public enum ById implements SortField<ById.Numbered> {
  ID;

  /** An entry that has a number of its own. */
  public interface Numbered {
    long id();
  }

  @Override
  public List<Column<Numbered>> columns() {
    return List.of(Column.number("id", Numbered::id));
  }
}
