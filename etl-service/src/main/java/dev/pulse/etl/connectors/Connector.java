package dev.pulse.etl.connectors;

/**
 * A kind of source that Pulse can read, such as one vendor's product. A connector is a Spring bean;
 * registering one is all it takes to add a source.
 */
public interface Connector {

  /** Short, stable, lower-case name, stored with every connection: never change it. */
  String id();

  /** The name people know the product by. */
  String label();

  /** Which settings and secrets a connection needs, and which rights its token needs. */
  ConnectionForm form();

  /**
   * Prepares to read one connection. Makes no request.
   *
   * @throws InvalidSetting if a setting cannot work, naming it
   */
  Source open(ConnectionSettings settings);
}
