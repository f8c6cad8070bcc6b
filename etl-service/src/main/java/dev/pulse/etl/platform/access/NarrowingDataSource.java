package dev.pulse.etl.platform.access;

import static java.util.stream.Collectors.joining;

import dev.pulse.model.signing.VisibleConnections.Only;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A pool in whose place a request that reads for somebody who sees only some connections gets a
 * narrowed connection to the database, of another pool, whatever asks for it: a query in a
 * transaction or by itself. What is no such request gets a connection of this pool as it is.
 */
final class NarrowingDataSource extends DelegatingDataSource {

  private final Supplier<DataSource> narrowed;

  NarrowingDataSource(DataSource pool, Supplier<DataSource> narrowed) {
    super(pool);
    this.narrowed = narrowed;
  }

  @Override
  public Connection getConnection() throws SQLException {
    var only = Visible.whileReading();
    return only.isEmpty() ? super.getConnection() : narrowedTo(only.get());
  }

  /**
   * Of the pool that nobody else uses, and set anew each time: nothing is left over from before.
   */
  private Connection narrowedTo(Only only) throws SQLException {
    var connection = narrowed.get().getConnection();
    try (var narrow =
        connection.prepareStatement(
            "select set_config('role', ?, false), set_config('pulse.connections', ?, false)")) {
      narrow.setString(1, RowSecurity.ROLE);
      narrow.setString(2, only.ids().stream().map(String::valueOf).collect(joining(",")));
      narrow.execute();
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }
}
