package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Page.OwedWork;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.UnreadableRecord;
import dev.pulse.etl.connectors.records.Comment;
import dev.pulse.etl.connectors.records.SourceRecord;
import dev.pulse.etl.connectors.records.WorkItem;
import dev.pulse.etl.connectors.records.Worklog;
import java.time.Instant;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** The lists of an issue of which a search embeds the first few entries. */
enum JiraChildren {
  COMMENTS("comment", 100, "created", Comment.class) {
    @Override
    void map(String issue, JsonNode raw, Page.Builder page) {
      page.add(
          new Comment(
              JiraJson.requireText(raw, "id"),
              "work_item",
              issue,
              null,
              null,
              "COMMENT",
              null,
              null,
              null,
              JiraJson.person(raw.path("author")),
              AdfText.of(raw.path("body")),
              JiraJson.time(raw, "created"),
              JiraJson.time(raw, "updated")));
      JiraIssueMapper.sighted(raw.path("author"), page);
    }
  },

  WORKLOGS("worklog", 1_000, "", Worklog.class) {
    @Override
    void map(String issue, JsonNode raw, Page.Builder page) {
      var seconds = raw.path("timeSpentSeconds");
      if (!seconds.canConvertToLong()) {
        throw new UnreadableRecord("timeSpentSeconds: expected a number of seconds");
      }
      page.add(
          new Worklog(
              JiraJson.requireText(raw, "id"),
              issue,
              JiraJson.person(raw.path("author")),
              JiraJson.requireTime(raw, "started"),
              seconds.longValue(),
              AdfText.of(raw.path("comment")),
              JiraJson.time(raw, "created"),
              JiraJson.time(raw, "updated")));
      JiraIssueMapper.sighted(raw.path("author"), page);
    }
  };

  /** Name of the field of an issue, and of the part of its address. */
  final String field;

  /** How many a request may ask for. */
  final int perRequest;

  /** What to order by so that the order does not change; empty = it never does. */
  final String order;

  final Class<? extends SourceRecord> type;

  JiraChildren(String field, int perRequest, String order, Class<? extends SourceRecord> type) {
    this.field = field;
    this.perRequest = perRequest;
    this.order = order;
    this.type = type;
  }

  /** Turns one entry into rows. */
  abstract void map(String issue, JsonNode raw, Page.Builder page);

  /** Name of the list in an answer, and of the stream that reads what a search leaves out. */
  String list() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Adds what a search embeds. When there are more, or one of them cannot be read, all are owed,
   * and one that is odd is set aside by itself.
   */
  void embedded(String issue, JsonNode fields, Partition partition, Page.Builder page) {
    var embedded = fields.path(field);
    if (embedded.isMissingNode() || embedded.isNull()) return;
    var shown = embedded.path(list());
    boolean whole =
        shown.isArray()
            && embedded.path("total").canConvertToInt()
            && embedded.path("total").intValue() <= shown.size()
            && shown.valueStream().allMatch(this::readable);
    if (!whole) {
      page.owe(new OwedWork(list(), WorkItem.class, issue, partition, "", true));
      return;
    }
    for (var each : shown) map(issue, each, page);
    page.complete(type, WorkItem.class, issue);
  }

  private boolean readable(JsonNode raw) {
    try {
      map("", raw, Page.servedAt(Instant.EPOCH));
      return true;
    } catch (UnreadableRecord e) {
      return false;
    }
  }
}
