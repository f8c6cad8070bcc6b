package dev.pulse.etl.connectors.github;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What GitHub answers when it is asked for issues. */
final class GitHubIssueAnswers {

  static final String SECOND = "2026-01-05T10:00:00Z";

  private GitHubIssueAnswers() {}

  static String list(int count) {
    return "{\"totalCount\":%d,\"nodes\":[{\"updatedAt\":\"%s\"}]}".formatted(count, SECOND);
  }

  static String issue(int number, String updated) {
    return """
    {"id":"I_%1$d","number":%1$d,"title":"x","state":"OPEN","createdAt":"%2$s","updatedAt":"%2$s",
     "timelineItems":{"nodes":[],"pageInfo":{"hasNextPage":false}}}\
    """
        .formatted(number, updated);
  }

  static String issues(@Nullable String cursor, String... nodes) {
    return """
    {"data":{"node":{"hasIssuesEnabled":true,"issues":{"totalCount":9,"nodes":[%s],"pageInfo":%s}}}}\
    """
        .formatted(String.join(",", nodes), info(cursor));
  }

  static String timeline(int from, int to, @Nullable String cursor) {
    var events =
        IntStream.range(from, to)
            .mapToObj(
                i ->
                    """
                    {"__typename":"LabeledEvent","id":"LE_%d","createdAt":"%s","label":{"id":"LA_1","name":"bug"}}\
                    """
                        .formatted(i, SECOND))
            .toList();
    return "{\"data\":{\"node\":{\"id\":\"I_1\",\"timelineItems\":{\"nodes\":%s,\"pageInfo\":%s}}}}"
        .formatted(events, info(cursor));
  }

  static String info(@Nullable String cursor) {
    return "{\"hasNextPage\":%s,\"endCursor\":%s}"
        .formatted(cursor != null, JsonMapper.shared().writeValueAsString(cursor));
  }
}
