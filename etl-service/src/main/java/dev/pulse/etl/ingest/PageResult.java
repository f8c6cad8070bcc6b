package dev.pulse.etl.ingest;

/**
 * What storing a page did, in rows.
 *
 * @param unchanged stored already just so, or older than what is stored
 * @param deleted children that their parent no longer has
 * @param quarantined records set aside
 */
public record PageResult(
    long inserted, long updated, long unchanged, long deleted, long quarantined) {

  public static final PageResult NOTHING = new PageResult(0, 0, 0, 0, 0);

  public PageResult plus(PageResult other) {
    return new PageResult(
        inserted + other.inserted,
        updated + other.updated,
        unchanged + other.unchanged,
        deleted + other.deleted,
        quarantined + other.quarantined);
  }

  public long rows() {
    return inserted + updated + unchanged;
  }
}
