package dev.pulse.etl.connectors.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.Contracts;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.records.Comment;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

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
