package dev.pulse.etl;

import java.util.Map;
import org.flywaydb.core.Flyway;

/** Brings a database to a version of the schema, as the service does when it starts. */
public final class Migrations {

  private Migrations() {}

  public static void migrate(String database) {
    migrate(database, "latest");
  }

  /**
   * The same, up to a version.
   *
   * @param target such as {@code 026}
   */
  public static void migrate(String database, String target) {
    Flyway.configure()
        .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
        .dataSource(database, "postgres", "postgres")
        .defaultSchema("etl")
        .schemas("etl")
        .target(target)
        .load()
        .migrate();
  }
}
