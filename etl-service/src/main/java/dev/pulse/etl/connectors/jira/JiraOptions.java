package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.ConnectionForm.Field;
import dev.pulse.etl.connectors.ConnectionForm.FieldType;
import dev.pulse.etl.connectors.ConnectionSettings;
import java.util.List;

/**
 * What is read only if a person says so, since it costs a request for each issue.
 *
 * @param remoteLinks links of issues to pages and records of other systems
 * @param development what Jira knows of the code of an issue
 */
record JiraOptions(boolean remoteLinks, boolean development) {

  static final Field REMOTE_LINKS =
      choice(
          "remoteLinks",
          "Read remote links",
          "Links from issues to other systems; one request for each issue that was written");

  static final Field DEVELOPMENT =
      choice(
          "development",
          "Read the development panel",
          "Pull requests, branches and commits that Jira knows of; one request or more for each"
              + " issue that has any");

  /** Whether anything of that is read. */
  boolean any() {
    return remoteLinks || development;
  }

  /** Name of the stream that reads it. */
  String stream() {
    if (!development) return "remote_links";
    return remoteLinks ? "remote_links_and_development" : "development";
  }

  static JiraOptions of(ConnectionSettings settings) {
    return new JiraOptions(
        chosen(settings, REMOTE_LINKS.name()), chosen(settings, DEVELOPMENT.name()));
  }

  private static boolean chosen(ConnectionSettings settings, String name) {
    return "yes".equals(settings.settings().get(name));
  }

  private static Field choice(String name, String label, String help) {
    return new Field(name, FieldType.SELECT, label, help, false, "no", List.of("no", "yes"));
  }
}
