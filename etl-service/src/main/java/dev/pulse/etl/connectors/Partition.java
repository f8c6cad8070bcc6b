package dev.pulse.etl.connectors;

/**
 * A part of a stream with a checkpoint of its own, most often a project or repository.
 *
 * @param id stable; the {@link ScopeElement#externalId()} where it is one
 * @param label for people
 */
public record Partition(String id, String label) {

  /** The only partition of a stream that has no parts. */
  public static final Partition WHOLE = new Partition("", "all");

  public static Partition of(ScopeElement element) {
    return new Partition(element.externalId(), element.name());
  }
}
