package dev.pulse.etl.ingest;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/** PostgreSQL's word that it does not take a row, however often it is offered. */
final class Refusal {

  /** Of SQLSTATE: rows that meet each other, wrong data, constraints, limits such as an index's. */
  private static final Set<String> CLASSES = Set.of("21", "22", "23", "54");

  private Refusal() {}

  /** Why it was refused; empty if that is not what has failed. */
  static Optional<String> reason(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return CLASSES.contains(sql.getSQLState().substring(0, 2))
            ? Optional.of("PostgreSQL does not take it: " + firstLine(sql))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static String firstLine(SQLException failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no reason given");
  }
}
