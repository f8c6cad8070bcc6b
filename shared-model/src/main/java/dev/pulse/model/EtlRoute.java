package dev.pulse.model;

/**
 * A route of etl-service.
 *
 * @param method of HTTP; whoever may GET may HEAD
 * @param path below {@link EtlRoutes#PREFIX}, with variables such as {@code {id}}
 * @param permission that the caller needs
 * @param reach which connections it is about
 */
public record EtlRoute(String method, String path, Permission permission, Reach reach) {

  /** Which connections a request is about, and so what a caller gets who sees only some. */
  public enum Reach {
    /** The one whose id, which is its job's too, is {@code {id}}: 404 unless the caller sees it. */
    CONNECTION,
    /** Those that the caller sees: the route itself answers with no others. */
    VISIBLE,
    /** All there are: 403 unless the caller sees all. */
    ALL
  }
}
