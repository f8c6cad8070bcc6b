package dev.pulse.etl.connectors;

/**
 * What a first sync will read of one stream, with what belongs to its records.
 *
 * @param records as the source counts them
 * @param rows what will be stored for them, children included, as far as experience tells
 * @param requests what reading them will take, children included, likewise
 */
public record Expected(String stream, long records, long rows, long requests) {}
