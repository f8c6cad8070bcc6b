package dev.pulse.etl.connectors.jira;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of issues are asked for. Rich text and attachments are left out, except the
 * description: they are large, and nothing is measured from them.
 */
final class JiraFieldNames {

  private static final Set<String> POINTS =
      Set.of("story points", "story point estimate", "storypoints");
  private static final Set<String> LEFT_OUT =
      Set.of(
          "attachment",
          "worklog",
          "issuelinks",
          "subtasks",
          "votes",
          "watches",
          "thumbnail",
          "progress",
          "aggregateprogress",
          "environment",
          "lastViewed",
          "workratio");

  private final JiraClient client;
  private @Nullable Names names;

  JiraFieldNames(JiraClient client) {
    this.client = client;
  }

  /**
   * The fields of the site.
   *
   * @param asked ids to name in a search
   * @param estimates ids that hold story points, the likeliest first
   */
  record Names(List<String> asked, List<String> estimates) {

    Names {
      asked = List.copyOf(asked);
      estimates = List.copyOf(estimates);
    }
  }

  /** Asked for once per run. */
  synchronized Names names() throws InterruptedException {
    if (names == null) names = ask();
    return names;
  }

  /** The fields without asking; none if they were not asked for yet. */
  synchronized Names known() {
    return names == null ? new Names(List.of(), List.of()) : names;
  }

  private Names ask() throws InterruptedException {
    var asked = new ArrayList<String>();
    var estimates = new ArrayList<String>();
    for (var field : client.get("field", Map.of()).json()) {
      var id = field.path("id").asString("");
      var type = field.path("schema").path("type").asString("");
      var kind = field.path("schema").path("custom").asString("");
      if (id.isEmpty() || LEFT_OUT.contains(id) || kind.endsWith(":textarea")) continue;
      asked.add(id);
      if (type.equals("number")
          && POINTS.contains(field.path("name").asString("").toLowerCase(Locale.ROOT))) {
        estimates.add(id);
      }
    }
    return new Names(asked, estimates);
  }
}
