package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.OwedStream.Owed;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Page.OwedWork;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.records.WorkItem;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Issues whose children cannot be read now. What they owe is kept: they may be hidden for a moment
 * only, and when one is gone the census says so, which ends its debts.
 */
final class JiraOwing {

  private JiraOwing() {}

  /** The issue is absent or hidden: Jira never tells which. */
  static void keep(String stream, Owed owed, Page.Builder page) {
    page.owe(
        new OwedWork(
            stream, WorkItem.class, owed.parentId(), owed.partition(), owed.detail(), false));
  }

  /** The issue is there, and its children are refused: somebody should hear of it. */
  static void refused(String stream, Owed owed, AccessDenied why, Page.Builder page) {
    var raw = JsonNodeFactory.instance.objectNode().put("issue", owed.parentId());
    page.setAside(name(stream, owed.parentId()), why.getMessage(), raw, owed.partition());
    keep(stream, owed, page);
  }

  /** What the children of an issue are set aside under. */
  static String name(String stream, String issue) {
    return stream + " of " + issue;
  }

  /**
   * Those of a batch whose project could be browsed when this run began: the others cost nothing.
   */
  static List<Owed> visible(List<Owed> batch, JiraVisible visible) {
    return batch.stream().filter(each -> !visible.hides(each.partition())).toList();
  }

  static Page.Builder nothingRead() {
    return Page.servedAt(Instant.EPOCH);
  }
}
