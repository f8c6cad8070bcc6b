package dev.pulse.etl.connectors;

/**
 * Where a walk stands, in the stream's own words, such as a page token or the last key read.
 *
 * @param value opaque to the engine, stored as it is
 */
public record Position(String value) {

  public Position {
    if (value.isEmpty()) throw new IllegalArgumentException("a position is never empty");
  }
}
