package dev.pulse.etl.connectors.records;

import org.jspecify.annotations.Nullable;

/**
 * A board that shows work items of one or more projects.
 *
 * @param kind scrum, kanban or simple
 * @param projectId the project it belongs to, if it belongs to one
 */
public record Board(
    String externalId,
    String name,
    @Nullable String kind,
    @Nullable String projectId,
    @Nullable String url)
    implements SourceRecord {}
