package dev.pulse.etl.platform.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionException;

/**
 * What the database's refusal says about trying again.
 *
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL's error
 *     codes</a>
 */
public enum DatabaseTrouble {
  /** It is away, restarts, or others were in the way: the same will work later. */
  PASSES,
  /** Its disk or memory is full: it will work when somebody has made room. */
  FULL,
  /** What was sent is wrong: it will never work. Or it was not the database at all. */
  LASTS;

  /** Judges a failure by its causes. */
  public static DatabaseTrouble of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTransientConnectionException) return PASSES; // none free in the pool
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return of(sql.getSQLState());
      }
    }
    return failure instanceof TransactionException ? PASSES : LASTS;
  }

  private static DatabaseTrouble of(String state) {
    if (state.equals("53100") || state.equals("53200")) return FULL;
    return switch (state.substring(0, 2)) {
      case "08", "25", "40", "53", "55", "57" -> PASSES;
      default -> LASTS;
    };
  }

  /** The database's own words, or else the failure's. */
  public static @Nullable String words(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException) return cause.getMessage();
    }
    return failure.getMessage();
  }
}
