package dev.pulse.etl.connectors;

/**
 * What every connector does, whatever its source. A connector's test says what its source is; to
 * leave a behaviour out it must override it and give the reason.
 *
 * <p>The behaviours stand, by what they are about, in the classes above this one: {@link
 * ReadingContract}, {@link FaultContract}, {@link ContentContract}, {@link SecretContract}. Being
 * killed has a class of its own, since it needs settings of its own.
 */
public abstract class ConnectorContractTest extends SecretContract {}
