package dev.pulse.local.jira;

import dev.pulse.local.Exchange;
import dev.pulse.local.Exchange.Answer;
import dev.pulse.local.world.Issue;
import dev.pulse.local.world.Pointers;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls about what an issue points to: remote links, and the development panel. */
final class PointerCalls {

  static final String PANEL = "/rest/dev-status/latest/issue/detail";
  private static final String APPLICATION = "oAuth-com.github.integration.production";

  private PointerCalls() {}

  static Answer remoteLinks(Exchange exchange, Issue issue) {
    return exchange.answer(
        200,
        Pointers.remoteLinks(issue).stream()
            .map(
                each ->
                    Map.of(
                        "id", each.id(),
                        "self", JiraApi.writer().address("issue/x/remotelink/" + each.id()),
                        "globalId", "system=https://support.example&id=" + each.id(),
                        "application", Map.of("type", "com.acme.support", "name", "Support"),
                        "relationship", "causes",
                        "object", Map.of("url", each.url(), "title", each.title())))
            .toList());
  }

  static Answer panel(Exchange exchange, @Nullable Issue issue) {
    boolean asked =
        exchange.query("dataType").orElse("").equals("pullrequest")
            && exchange.query("applicationType").orElse("").equals(APPLICATION);
    var pulls =
        issue == null || !asked
            ? List.<Map<String, Object>>of()
            : Pointers.pullRequests(issue).stream().map(PointerCalls::pull).toList();
    return exchange.answer(
        200,
        Map.of(
            "errors",
            List.of(),
            "detail",
            List.of(
                Map.of(
                    "_instance",
                    Map.of("name", "GitHub", "type", APPLICATION),
                    "branches",
                    List.of(),
                    "repositories",
                    List.of(),
                    "pullRequests",
                    pulls))));
  }

  /** The development field: no JSON, with JSON in it. */
  static String field(Issue issue) {
    int count = Pointers.pullRequests(issue).size();
    if (count == 0) return "{}";
    var cached =
        Map.of(
            "errors",
            List.of(),
            "summary",
            Map.of(
                "pullrequest",
                Map.of(
                    "overall",
                    Map.of("count", count, "dataType", "pullrequest"),
                    "byInstanceType",
                    Map.of(APPLICATION, Map.of("count", count, "name", "GitHub")))));
    var json = Exchange.JSON.writeValueAsString(Map.of("cachedValue", cached, "isStale", true));
    return "{pullrequest={dataType=pullrequest, state=OPEN, stateCount=1}, json=" + json + "}";
  }

  private static Map<String, Object> pull(Pointers.Target target) {
    return Map.of(
        "id",
        "#" + target.id(),
        "name",
        target.title(),
        "status",
        "OPEN",
        "url",
        target.url(),
        "repositoryName",
        "acme/app",
        "lastUpdate",
        "2026-10-05T15:58:37.000Z");
  }
}
