package dev.pulse.etl.connectors;

import java.util.Map;

/**
 * A project or repository that a connection can read: the unit of scope, of coverage and of most
 * partitions.
 *
 * @param externalId the source's id, stable across renames
 * @param instance which installation of the product it lives in, such as a host name: the same
 *     element seen by two connections has the same instance and id
 * @param name what people call it, such as a project key or {@code owner/repository}
 * @param attributes what the connector's plan wants to know again, small
 */
public record ScopeElement(
    String externalId, String instance, String name, String label, Map<String, String> attributes) {

  public ScopeElement {
    attributes = Map.copyOf(attributes);
  }
}
