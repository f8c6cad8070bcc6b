package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.records.ItemRelation;
import tools.jackson.databind.JsonNode;

/**
 * The links of an issue, as a search embeds them. Both issues show the same link, each from its own
 * side, so a link makes two rows.
 */
final class JiraIssueLinks {

  private JiraIssueLinks() {}

  /** Adds the links, which are all; nothing if the search did not show the field. */
  static void map(String issue, JsonNode links, Page.Builder page) {
    if (!links.isArray()) return;
    for (var link : links) {
      boolean outward = link.path("outwardIssue").isObject();
      var side = outward ? "outward" : "inward";
      var other = link.path(side + "Issue");
      page.add(
          new ItemRelation(
              JiraJson.requireText(link, "id") + ":" + side,
              issue,
              JiraJson.requireText(link.path("type"), side),
              JiraJson.text(other, "id"),
              JiraJson.text(other, "key")));
    }
    page.complete(ItemRelation.class, issue);
  }
}
