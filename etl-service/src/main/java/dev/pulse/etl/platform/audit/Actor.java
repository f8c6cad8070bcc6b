package dev.pulse.etl.platform.audit;

import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * Who acts. This is the only place that says so.
 *
 * @param name of the person or service, never empty
 */
public record Actor(String name) {

  /**
   * The request attribute that holds the actor once a signature has proved for whom a request was
   * sent. A header that anybody can write proves nothing.
   */
  public static final String ATTRIBUTE = Actor.class.getName();

  /** Whoever reaches this service while it asks for no signature. */
  private static final Actor LOCAL = new Actor("local");

  /** Pulse itself: nobody asked. */
  private static final Actor PULSE = new Actor("pulse");

  public Actor {
    if (name.isBlank()) throw new IllegalArgumentException("an actor has a name");
  }

  /** Who acts in this thread: whoever sent the request it serves, or Pulse by itself. */
  public static Actor now() {
    var request = RequestContextHolder.getRequestAttributes();
    if (request == null) return PULSE;
    return request.getAttribute(ATTRIBUTE, RequestAttributes.SCOPE_REQUEST) instanceof Actor known
        ? known
        : LOCAL;
  }
}
