package dev.pulse.etl.connectors;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream of records that can only be read per parent. Each parent that was written owes its
 * children; the debt is stored with the parent and paid off here, batch by batch.
 */
public non-sealed interface OwedStream extends RecordStream {

  /**
   * Reads the next page of the children of a batch of parents.
   *
   * @param batch at most {@link #pageSize()} parents, the same list until a page is the last
   * @param position where the page before ended; null = the first page of this batch
   * @return a page; the debts of the batch are paid when its last page is stored, or earlier for
   *     parents that the page names as {@link Page#settled()}
   */
  Page read(List<Owed> batch, @Nullable Position position) throws InterruptedException;

  /**
   * A parent whose children are to be read.
   *
   * @param parentId the source's id of the parent
   * @param detail what the stream needs to know besides, as it wrote it; may be empty
   */
  record Owed(String parentId, Partition partition, String detail) {}
}
