package dev.pulse.etl.connectors.jira;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.platform.json.SourceJson;
import org.jspecify.annotations.Nullable;

/**
 * Where a search stands. Jira's token is the way on; should Jira have forgotten it, the search
 * begins anew at the time of the last issue read.
 *
 * @param token of the next page; null = the first page of a search
 * @param from lower bound of the search that the token belongs to, in milliseconds since 1970; null
 *     = the floor of the walk
 * @param reached time of the last issue read, by which the search is ordered
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JiraPosition(@Nullable String token, @Nullable Long from, @Nullable Long reached) {

  static final JiraPosition START = new JiraPosition(null, null, null);

  static JiraPosition of(@Nullable Position position) {
    return position == null
        ? START
        : SourceJson.MAPPER.readValue(position.value(), JiraPosition.class);
  }

  Position position() {
    return new Position(SourceJson.MAPPER.writeValueAsString(this));
  }

  /** The same place without the token; null if nothing was read yet. */
  @Nullable Position withoutToken() {
    return reached == null ? null : new JiraPosition(null, reached, reached).position();
  }
}
