package dev.pulse.etl.connectors.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.Contracts;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.UnreadableRecord;
import dev.pulse.etl.connectors.records.Comment;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads answers that the real GitHub gave. */
class GitHubRecordedTest {

  private static final Partition REPOSITORY = new Partition("R_1", "hub4j-test-org/github-api");

  @Test
  void review_comments_name_their_pull_request_and_author() {
    var comments = comments("review-comments.json", true);

    assertThat(comments)
        .isNotEmpty()
        .allSatisfy(
            comment -> {
              assertThat(comment.kind()).isEqualTo("REVIEW_COMMENT");
              assertThat(comment.parentNumber()).isPositive();
              assertThat(comment.authorId()).isNotBlank();
              assertThat(comment.path()).isNotBlank();
              assertThat(comment.sourceUpdatedAt()).isAfter(Instant.parse("2008-01-01T00:00:00Z"));
            });
    assertThat(comments).extracting(Comment::externalId).doesNotHaveDuplicates();
  }

  @Test
  void issue_comments_tell_issues_from_pull_requests() {
    var comments = comments("issue-comments.json", false);

    assertThat(comments)
        .isNotEmpty()
        .allSatisfy(
            comment -> {
              assertThat(comment.parentKind()).isIn("pull_request", "work_item");
              assertThat(comment.parentNumber()).isPositive();
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"review-comments.json", "issue-comments.json"})
  void whatever_is_wrong_with_a_record_it_is_read_or_set_aside(String file) {
    boolean onCode = file.startsWith("review");
    var random = new Random(1);
    for (var original : Contracts.json("recorded/github/" + file)) {
      for (int i = 0; i < 200; i++) {
        var spoiled = (ObjectNode) original.deepCopy();
        spoil(spoiled, random);
        try {
          map(spoiled, onCode);
        } catch (UnreadableRecord e) {
          assertThat(e.getMessage()).isNotBlank();
        }
      }
    }
  }

  private static void spoil(ObjectNode record, Random random) {
    var names = List.copyOf(record.propertyNames());
    var name = names.get(random.nextInt(names.size()));
    var json = JsonMapper.shared();
    switch (random.nextInt(6)) {
      case 0 -> record.remove(name);
      case 1 -> record.putNull(name);
      case 2 -> record.put(name, random.nextLong());
      case 3 -> record.put(name, "\u0000 not what it was");
      case 4 -> record.set(name, json.createArrayNode().add(1));
      default -> record.set(name, json.createObjectNode().put("x", true));
    }
  }

  private static List<Comment> comments(String file, boolean onCode) {
    return Contracts.json("recorded/github/" + file)
        .valueStream()
        .flatMap(raw -> map(raw, onCode).records().stream())
        .filter(Comment.class::isInstance)
        .map(Comment.class::cast)
        .toList();
  }

  private static Page map(JsonNode raw, boolean onCode) {
    var page = Page.servedAt(Instant.EPOCH);
    GitHubComments.map(raw, REPOSITORY, onCode, page);
    return page.last();
  }
}
