package dev.pulse.etl.connectors;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What trying a connection out showed.
 *
 * @param account who the token belongs to; null if that could not be found out
 * @param product name and version of what answered
 * @param missing what is lacking; empty = the connection works
 */
public record CheckResult(
    @Nullable String account, @Nullable String product, List<MissingRight> missing) {

  public CheckResult {
    missing = List.copyOf(missing);
  }

  public boolean works() {
    return missing.stream().noneMatch(MissingRight::required);
  }

  /**
   * A right that the token lacks.
   *
   * @param right as the vendor names it
   * @param consequence which records stay unread
   * @param remedy where to grant it
   */
  public record MissingRight(String right, String consequence, String remedy, boolean required) {}
}
