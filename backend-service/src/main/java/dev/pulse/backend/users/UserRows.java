package dev.pulse.backend.users;

import dev.pulse.backend.platform.Moments;
import dev.pulse.model.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a row of user_account is read. */
final class UserRows {

  static final String COLUMNS =
      """
      id, email, name, role, connections, active, password_hash is null as invited,
      password_temporary, created_at, version,
      exists (
        select from second_factor f where f.user_id = user_account.id and f.confirmed_at is not null
      ) as second_factor
      """;

  private UserRows() {}

  static User read(ResultSet row, int number) throws SQLException {
    return new User(
        row.getLong("id"),
        row.getString("email"),
        row.getString("name"),
        Role.valueOf(row.getString("role")),
        connections(row),
        row.getBoolean("active"),
        row.getBoolean("invited"),
        row.getBoolean("password_temporary"),
        row.getBoolean("second_factor"),
        Moments.read(row, "created_at"),
        row.getLong("version"));
  }

  private static @Nullable List<Long> connections(ResultSet row) throws SQLException {
    var array = row.getArray("connections");
    return array == null ? null : List.of((Long[]) array.getArray());
  }
}
