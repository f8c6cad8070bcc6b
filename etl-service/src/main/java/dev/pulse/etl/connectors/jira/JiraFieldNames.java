package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
          "subtasks",
          "votes",
          "watches",
          "thumbnail",
          "progress",
          "aggregateprogress",
          "environment",
          "lastViewed",
          "workratio");

  /** A field whose value changes by itself would make the issue look changed. */
  private static final Set<String> RESTLESS = Set.of("sd-servicelevelagreement");

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
   * @param sprints id of the field that holds sprints; null = the site has none
   * @param team id of the field that holds the team, likewise
   * @param development id of the field that tells of code, likewise; not among those asked for,
   *     since it changes by itself
   */
  record Names(
      List<String> asked,
      List<String> estimates,
      @Nullable String sprints,
      @Nullable String team,
      @Nullable String development) {

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

  /**
   * The same where nothing may be asked in the middle of: a record that is mapped again.
   *
   * @throws SourceUnavailable if the thread is interrupted meanwhile, which it stays
   */
  Names known() {
    try {
      return names();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SourceUnavailable("interrupted while the fields were asked for", e);
    }
  }

  private Names ask() throws InterruptedException {
    var asked = new TreeSet<>(JiraIssueMapper.TYPED);
    var estimates = new ArrayList<String>();
    String sprints = null;
    String team = null;
    String development = null;
    for (var field : client.get("field", Map.of()).list()) {
      var id = field.path("id").asString("");
      var type = field.path("schema").path("type").asString("");
      var kind = field.path("schema").path("custom").asString("");
      if (id.isEmpty() || LEFT_OUT.contains(id) || RESTLESS.contains(type)) continue;
      if (kind.endsWith(":textarea")) continue;
      if (kind.endsWith(":devsummarycf")) {
        development = id;
        continue;
      }
      asked.add(id);
      if (kind.endsWith(":gh-sprint")) sprints = id;
      if (type.equals("team") || kind.endsWith(":atlassian-team")) team = id;
      if (type.equals("number")
          && POINTS.contains(field.path("name").asString("").toLowerCase(Locale.ROOT))) {
        estimates.add(id);
      }
    }
    return new Names(List.copyOf(asked), estimates, sprints, team, development);
  }
}
