package dev.pulse.etl.connectors.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.connectors.JsonSpoiling;
import dev.pulse.etl.connectors.JsonSpoiling.Spoil;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Page.ChildList;
import dev.pulse.etl.connectors.Page.Unreadable;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.UnreadableRecord;
import dev.pulse.etl.connectors.records.AccountSighting;
import dev.pulse.etl.connectors.records.Comment;
import dev.pulse.etl.connectors.records.PullRequest;
import dev.pulse.etl.connectors.records.Review;
import dev.pulse.etl.platform.json.SourceJson;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whatever GitHub puts in the place of whatever: it is read, or said to be unreadable. */
class GitHubMutationTest {

  private static final Partition REPOSITORY = new Partition("R_1", "acme/shop");
  private static final String REASON = "[A-Za-z_]+: [a-z ,]+";

  @Property(tries = 3_000)
  void a_spoiled_pull_request_is_read_or_said_to_be_unreadable(
      @ForAll("spoils") List<Spoil> spoils) {
    var pull = pull();
    spoils.forEach(spoil -> spoil.into(pull));

    try {
      var page = map(pull);

      assertThat(page.records()).hasAtLeastOneElementOfType(PullRequest.class);
      assertThat(page.unreadable()).extracting(Unreadable::reason).allMatch(r -> r.matches(REASON));
      assertThat(page.unreadable()).extracting(Unreadable::externalId).doesNotContain("without id");
    } catch (UnreadableRecord e) {
      assertThat(e).hasMessageMatching(REASON);
    }
  }

  @Property(tries = 1_000)
  void a_spoiled_comment_is_read_or_said_to_be_unreadable(@ForAll("spoils") List<Spoil> spoils) {
    var comment =
        SourceJson.MAPPER.readTree(
            """
            {"id":7,"node_id":"IC_7","pull_request_review_id":5,"in_reply_to_id":6,"path":"a/b.java",
             "user":{"login":"ada","id":1,"node_id":"U_1","type":"User"},"body":"Why?",
             "created_at":"2026-01-05T10:00:00Z","updated_at":"2026-01-05T10:00:00Z",
             "pull_request_url":"https://api.github.com/repos/acme/shop/pulls/3",
             "html_url":"https://github.com/acme/shop/pull/3#discussion_r7"}
            """);
    spoils.forEach(spoil -> spoil.into(comment));
    var page = Page.servedAt(Instant.EPOCH);

    try {
      GitHubComments.map(comment, REPOSITORY, true, page);
      assertThat(page.last().records()).hasAtLeastOneElementOfType(Comment.class);
    } catch (UnreadableRecord e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @Example
  void of_deleted_accounts_nothing_is_known_and_all_else_is_read() {
    var pull = pull();
    pull.putNull("author").putNull("mergedBy").putNull("mergeCommit");
    ((ObjectNode) pull.path("reviews").path("nodes").path(0)).putNull("author").putNull("commit");
    ((ObjectNode) pull.path("timelineItems").path("nodes").path(0))
        .putNull("actor")
        .putNull("requestedReviewer");
    ((ObjectNode) pull.path("commits").path("nodes").path(0).path("commit")).putNull("author");

    var page = map(pull);

    assertThat(page.unreadable()).isEmpty();
    assertThat(row(page, PullRequest.class))
        .extracting(PullRequest::authorId, PullRequest::mergedById, PullRequest::mergeSha)
        .containsOnlyNulls();
    assertThat(row(page, Review.class).authorId()).isNull();
    assertThat(page.childLists()).hasSize(3);
  }

  @Example
  void an_account_is_the_same_in_both_apis_and_people_are_told_from_bots() {
    var comment =
        SourceJson.MAPPER.readTree(
            """
            {"id":7,"user":{"login":"ada","id":1,"node_id":"MDQ6VXNlcjE=","type":"Mannequin"},
             "updated_at":"2026-01-05T10:00:00Z","issue_url":"https://api.github.com/repos/a/b/issues/3"}
            """);
    var page = Page.servedAt(Instant.EPOCH);
    GitHubComments.map(comment, REPOSITORY, false, page);
    var said = row(page.last(), Comment.class);
    var pull = map(pull());

    assertThat(said.authorId()).isEqualTo(row(pull, PullRequest.class).authorId()).isEqualTo("1");
    assertThat(row(page.last(), AccountSighting.class).kind()).isEqualTo("USER");
    assertThat(pull.records()).contains(new AccountSighting("9", "robot", null, "BOT"));
  }

  @Example
  void an_empty_body_is_none_and_a_huge_one_is_kept_to_the_letter() {
    var huge = "é".repeat(1_000_000);

    assertThat(row(map(pull().put("body", "")), PullRequest.class).body()).isNull();
    assertThat(row(map(pull().put("body", huge)), PullRequest.class).body()).isEqualTo(huge);
  }

  @Example
  void an_event_of_an_unknown_kind_is_set_aside_and_nothing_is_taken_for_gone() {
    var pull = pull();
    ((ObjectNode) pull.path("timelineItems").path("nodes").path(0)).put("__typename", "NewEvent");

    var page = map(pull);

    assertThat(page.unreadable()).extracting(Unreadable::externalId).containsExactly("RRE_1");
    assertThat(page.childLists()).extracting(ChildList::type).hasSize(2);
  }

  @Provide
  Arbitrary<List<Spoil>> spoils() {
    return JsonSpoiling.spoils();
  }

  private static <T> T row(Page page, Class<T> type) {
    return page.records().stream()
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow();
  }

  private static Page map(JsonNode pull) {
    var page = Page.servedAt(Instant.EPOCH);
    GitHubPullMapper.pull(pull, REPOSITORY, page);
    return page.last();
  }

  private static ObjectNode pull() {
    return (ObjectNode)
        SourceJson.MAPPER.readTree(
            """
            {"id":"PR_1","number":3,"title":"Sell more","body":"Now","state":"MERGED","isDraft":false,
             "createdAt":"2026-01-05T10:00:00Z","updatedAt":"2026-01-06T10:00:00Z",
             "closedAt":"2026-01-06T10:00:00Z","mergedAt":"2026-01-06T10:00:00Z",
             "url":"https://github.com/acme/shop/pull/3","additions":1,"deletions":2,"changedFiles":3,
             "totalCommentsCount":4,"isCrossRepository":false,"baseRefName":"main","headRefName":"x",
             "baseRefOid":"b0","headRefOid":"h0","mergeCommit":{"oid":"m0"},
             "author":{"__typename":"User","login":"ada","databaseId":1,"name":"Ada"},
             "mergedBy":{"__typename":"Bot","login":"robot","databaseId":9},
             "labels":{"nodes":[{"name":"ready"}]},
             "closingIssuesReferences":{"nodes":[{"id":"I_1"}]},
             "commits":{"totalCount":1,"pageInfo":{"hasNextPage":false,"endCursor":"c"},"nodes":[
               {"commit":{"oid":"h0","message":"Step","authoredDate":"2026-01-05T10:00:00Z",
                 "committedDate":"2026-01-05T10:00:00Z","author":{"name":"Ada","email":"ada@acme.example",
                 "user":{"__typename":"User","login":"ada","databaseId":1,"name":"Ada"}}}}]},
             "reviews":{"totalCount":1,"pageInfo":{"hasNextPage":false,"endCursor":"r"},"nodes":[
               {"fullDatabaseId":"5","state":"APPROVED","submittedAt":"2026-01-06T09:00:00Z",
                 "updatedAt":"2026-01-06T09:00:00Z","commit":{"oid":"h0"},
                 "author":{"__typename":"User","login":"bob","databaseId":2,"name":null}}]},
             "timelineItems":{"pageInfo":{"hasNextPage":false,"endCursor":"e"},"nodes":[
               {"__typename":"ReviewRequestedEvent","id":"RRE_1","createdAt":"2026-01-05T11:00:00Z",
                 "actor":{"__typename":"User","login":"ada","databaseId":1,"name":"Ada"},
                 "requestedReviewer":{"__typename":"Team","slug":"sellers"}}]}}
            """);
  }
}
