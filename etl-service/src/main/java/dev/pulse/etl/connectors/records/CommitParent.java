package dev.pulse.etl.connectors.records;

/**
 * A parent of a commit.
 *
 * @param externalId sha of the commit
 * @param position 0 = first parent
 */
public record CommitParent(String externalId, String repositoryId, String parentSha, int position)
    implements SourceRecord {}
