package dev.pulse.local;

import java.net.URI;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * One simulated source: a class called {@code …Api} in a folder of its own, found without being
 * named anywhere else. It is made from any of {@link dev.pulse.local.world.World}, {@link
 * dev.pulse.local.faults.Faults} and {@link Requests}.
 */
public interface Api {

  /** First part of its paths, and its name in faults and figures, such as {@code jira}. */
  String name();

  /** The name people know the source by. */
  String label();

  /** Settings of a connection to it, as a person would fill them in. */
  Map<String, String> settings(URI address);

  /** Whether it shows what another source shows already, so that reading both reads it twice. */
  default boolean shownElsewhere() {
    return false;
  }

  /** Sets how much may be used, in the source's own terms. */
  default void budget(JsonNode wish) {
    throw new IllegalArgumentException(name() + " has no budget that can be set");
  }

  /**
   * How few requests could read everything once that there is now, in shapes that the vendor
   * documents: by stream, as a reader calls them. Streams that are not reckoned are left out.
   */
  default Map<String, Long> fewestRequests() {
    return Map.of();
  }

  /** Name of what a request asks for, such as {@code search/jql}. */
  String operation(Exchange exchange);

  Exchange.Answer answer(Exchange exchange, String operation);

  /** Status of a missing right, where 403 means a limit. */
  int FORBIDDEN = 403_000;

  /** How this vendor says that a token is wrong, a limit is reached, and so on. */
  Exchange.Answer refusal(Exchange exchange, int status);
}
