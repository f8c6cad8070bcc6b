package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.platform.json.SourceJson;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A part of an answer that GitHub keeps back from the token: null stands in its place.
 *
 * @param path from the answer's root to the part, such as node, pullRequests, nodes, 4, mergeCommit
 * @param type why, in GitHub's words
 */
record Withheld(List<String> path, String type) {

  Withheld {
    path = List.copyOf(path);
  }

  static Withheld of(JsonNode error) {
    var path = error.path("path").valueStream().map(step -> step.asString("")).toList();
    return new Withheld(path, error.path("type").asString(""));
  }

  /** What of {@code all} lies at a place or below it, with its path from there. */
  static List<Withheld> below(List<String> place, List<Withheld> all) {
    return all.stream()
        .filter(
            each ->
                each.path.size() >= place.size()
                    && each.path.subList(0, place.size()).equals(place))
        .map(each -> new Withheld(each.path.subList(place.size(), each.path.size()), each.type))
        .toList();
  }

  /**
   * Notes in the quarantine what is withheld of a record, and why. Kept is only that: what came of
   * the record is stored, and reading it again from what came would bring nothing to light.
   */
  static void setAside(List<Withheld> parts, String externalId, Partition of, Page.Builder page) {
    var told = parts.stream().map(Withheld::told).toList();
    var kept = SourceJson.MAPPER.createObjectNode();
    var list = kept.putArray("withheld");
    told.forEach(list::add);
    page.setAside(externalId, "withheld by GitHub: " + String.join(", ", told), kept, of);
  }

  private String told() {
    return path.isEmpty() ? type : type + " at " + String.join(".", path);
  }
}
