package dev.pulse.etl.connectors.aha;

import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.SourceFailure.PositionExpired;
import dev.pulse.etl.platform.json.SourceJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Where the reading of a list stands.
 *
 * @param end how many records from the beginning have been read
 * @param seen what the last page showed, so that the next can be seen to join on to it
 * @param back how many pages in a row did not join on, since the list had moved
 * @param anew how often the reading went all the way back to the beginning
 */
record AhaPosition(int end, String seen, int back, int anew) {

  static final AhaPosition START = new AhaPosition(0, "", 0, 0);

  static AhaPosition of(@Nullable Position position) {
    if (position == null) return START;
    try {
      return SourceJson.MAPPER.readValue(position.value(), AhaPosition.class);
    } catch (JacksonException e) {
      throw new PositionExpired("a position that cannot be read: " + e.getOriginalMessage(), null);
    }
  }

  Position position() {
    return new Position(SourceJson.MAPPER.writeValueAsString(this));
  }
}
