package dev.pulse.etl.connectors.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.pulse.etl.connectors.JsonSpoiling;
import dev.pulse.etl.connectors.JsonSpoiling.Spoil;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Page.ChildList;
import dev.pulse.etl.connectors.Page.OwedWork;
import dev.pulse.etl.connectors.Page.Unreadable;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.UnreadableRecord;
import dev.pulse.etl.connectors.records.ItemRelation;
import dev.pulse.etl.connectors.records.LinkHint;
import dev.pulse.etl.connectors.records.WorkItem;
import dev.pulse.etl.connectors.records.WorkItemChange;
import dev.pulse.etl.connectors.records.WorkStatus;
import dev.pulse.etl.platform.json.SourceJson;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Issues and what happened to them, as GraphQL writes them, in order and out of it. */
class GitHubIssueMapperTest {

  private static final Partition REPOSITORY = new Partition("R_1", "acme/shop");
  private static final String REASON = "[A-Za-z_]+: [a-z ,]+";

  @Property(tries = 3_000)
  void a_spoiled_issue_is_read_or_said_to_be_unreadable(@ForAll("spoils") List<Spoil> spoils) {
    var issue = issue();
    spoils.forEach(spoil -> spoil.into(issue));

    try {
      var page = map(issue);

      assertThat(page.records()).hasAtLeastOneElementOfType(WorkItem.class);
      assertThat(page.unreadable()).extracting(Unreadable::reason).allMatch(r -> r.matches(REASON));
      if (!page.unreadable().isEmpty()) assertThat(page.childLists()).isEmpty();
    } catch (UnreadableRecord e) {
      assertThat(e).hasMessageMatching(REASON);
    }
  }

  @Example
  void an_issue_is_named_after_its_repository_and_knows_its_number_parent_and_milestone() {
    var row = one(map(issue()), WorkItem.class);

    assertThat(row.key()).isEqualTo("acme/shop#12");
    assertThat(row.projectId()).isEqualTo("R_1");
    assertThat(row.kind()).isEqualTo("issue");
    assertThat(row.statusId()).isEqualTo("CLOSED");
    assertThat(row.resolution()).isEqualTo("NOT_PLANNED");
    assertThat(row.reporterId()).isEqualTo("1");
    assertThat(row.assigneeId()).isEqualTo("2");
    assertThat(row.parentId()).isEqualTo("I_9");
    assertThat(row.labels()).isEqualTo("[\"bug\"]");
    assertThat(row.resolvedAt()).isEqualTo(Instant.parse("2026-01-08T10:00:00Z"));
    assertThat(SourceJson.MAPPER.readTree(row.extra()))
        .isEqualTo(
            SourceJson.MAPPER.readTree(
                """
                {"number":12,"stateReason":"NOT_PLANNED","milestone":"MI_1","assignees":["2","3"]}
                """));
    assertThat(all(map(issue()), WorkStatus.class))
        .extracting(WorkStatus::externalId, WorkStatus::category)
        .containsExactly(tuple("OPEN", "TODO"), tuple("CLOSED", "DONE"));
  }

  @Example
  void what_happened_becomes_changes_of_fields_each_under_an_id_of_its_own() {
    var changes = all(map(issue()), WorkItemChange.class);

    assertThat(changes)
        .extracting(
            WorkItemChange::externalId,
            WorkItemChange::field,
            WorkItemChange::fromText,
            WorkItemChange::toText)
        .containsExactly(
            tuple("LE_1", "labels", null, "bug"),
            tuple("AE_1", "assignee", null, "bob"),
            tuple("CE_1", "status", "Open", "Closed"),
            tuple("CE_1:resolution", "resolution", null, "COMPLETED"),
            tuple("RE_1", "status", "Closed", "Open"),
            tuple("RE_1:resolution", "resolution", "COMPLETED", null),
            tuple("TE_1", "repository", "acme/old", "acme/shop"),
            tuple("PE_1", "parent", null, "acme/shop#9"),
            tuple("CE_2", "status", "Open", "Closed"),
            tuple("CE_2:resolution", "resolution", null, "NOT_PLANNED"));
    assertThat(changes).allMatch(each -> each.workItemId().equals("I_1"));
    assertThat(changes.getFirst().authorId()).isEqualTo("1");
  }

  @Example
  void what_speaks_of_an_issue_is_hinted_at_and_what_was_taken_back_is_not() {
    var page = map(issue());

    assertThat(all(page, LinkHint.class))
        .extracting(LinkHint::externalId, LinkHint::kind, LinkHint::targetKind, LinkHint::targetId)
        .containsExactlyInAnyOrder(
            tuple("CE_1", "closed_by", "pull_request", "PR_7"),
            tuple("CE_2", "closed_by", "commit", "abc"),
            tuple("XE_1", "closing_reference", "pull_request", "PR_7"),
            tuple("NE_2", "connected", "pull_request", "PR_9"));
    assertThat(all(page, ItemRelation.class))
        .extracting(ItemRelation::kind, ItemRelation::otherId, ItemRelation::otherKey)
        .containsExactlyInAnyOrder(
            tuple("is mentioned by", "I_5", "acme/shop#5"),
            tuple("duplicates", "I_6", "acme/web#6"));
    assertThat(page.childLists())
        .containsExactlyInAnyOrder(
            new ChildList(WorkItemChange.class, "I_1"),
            new ChildList(ItemRelation.class, "I_1"),
            new ChildList(LinkHint.class, WorkItem.class, "I_1"));
  }

  @Example
  void an_issue_that_was_opened_again_has_no_resolution() {
    var reopened = issue().put("state", "OPEN").put("stateReason", "REOPENED").putNull("closedAt");

    var row = one(map(reopened), WorkItem.class);

    assertThat(row.resolution()).isNull();
    assertThat(row.resolvedAt()).isNull();
    assertThat(row.extra()).contains("REOPENED");
  }

  @Example
  void of_a_timeline_that_goes_on_nothing_is_taken_and_all_of_it_is_owed() {
    var issue = issue();
    ((ObjectNode) issue.at("/timelineItems/pageInfo")).put("hasNextPage", true);

    var page = map(issue);

    assertThat(page.owed())
        .containsExactly(
            new OwedWork("issue_timelines", WorkItem.class, "I_1", REPOSITORY, "", true));
    assertThat(all(page, WorkItemChange.class)).isEmpty();
    assertThat(page.childLists()).isEmpty();
  }

  @Example
  void a_timeline_that_is_withheld_makes_nothing_look_gone() {
    var page = map(issue().putNull("timelineItems"));

    assertThat(page.records()).hasAtLeastOneElementOfType(WorkItem.class);
    assertThat(page.childLists()).isEmpty();
    assertThat(page.owed()).isEmpty();
  }

  @Example
  void an_event_that_cannot_be_read_is_set_aside_with_its_issue_and_can_be_read_later() {
    var issue = issue();
    var event = (ObjectNode) issue.at("/timelineItems/nodes/0");
    event.put("createdAt", "soon");

    var page = map(issue);

    assertThat(page.childLists()).isEmpty();
    var aside = page.unreadable().getFirst();
    assertThat(aside.externalId()).isEqualTo("LE_1");
    var kept = (ObjectNode) SourceJson.MAPPER.readTree(aside.raw());
    ((ObjectNode) kept.path("event")).put("createdAt", "2026-01-05T11:00:00Z");
    var later = Page.servedAt(Instant.EPOCH);
    GitHubIssueTimeline.mapAside(kept, later);
    assertThat(one(later.last(), WorkItemChange.class).workItemId()).isEqualTo("I_1");
  }

  @Example
  void an_event_of_an_unknown_kind_is_set_aside_and_nothing_is_taken_for_gone() {
    var issue = issue();
    ((ObjectNode) issue.at("/timelineItems/nodes/0")).put("__typename", "NewEvent");
    ((ArrayNode) issue.at("/timelineItems/nodes")).addNull();

    var page = map(issue);

    assertThat(page.unreadable())
        .extracting(Unreadable::externalId)
        .containsExactly("LE_1", "I_1 timelineItems");
    assertThat(page.childLists()).isEmpty();
  }

  @Example
  void of_deleted_accounts_nothing_is_known_and_all_else_is_read() {
    var issue = issue().putNull("author");
    ((ObjectNode) issue.at("/timelineItems/nodes/0")).putNull("actor");
    ((ObjectNode) issue.at("/timelineItems/nodes/1")).putNull("assignee");

    var page = map(issue);

    assertThat(page.unreadable()).isEmpty();
    assertThat(one(page, WorkItem.class).reporterId()).isNull();
    assertThat(all(page, WorkItemChange.class).getFirst().authorId()).isNull();
  }

  @Example
  void one_event_in_the_timelines_of_two_issues_is_a_row_of_each() {
    var canonical = issue().put("id", "I_6");

    assertThat(one(map(canonical), ItemRelation.class, "is duplicated by").externalId())
        .isNotEqualTo(one(map(issue()), ItemRelation.class, "duplicates").externalId());
  }

  @Provide
  Arbitrary<List<Spoil>> spoils() {
    return JsonSpoiling.spoils();
  }

  private static ItemRelation one(Page page, Class<ItemRelation> type, String kind) {
    return all(page, type).stream()
        .filter(each -> each.kind().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  private static <T> T one(Page page, Class<T> type) {
    return all(page, type).getFirst();
  }

  private static <T> List<T> all(Page page, Class<T> type) {
    return page.records().stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static Page map(JsonNode issue) {
    var page = Page.servedAt(Instant.EPOCH);
    GitHubIssueMapper.issue(issue, REPOSITORY, page);
    return page.last();
  }

  private static ObjectNode issue() {
    return (ObjectNode)
        SourceJson.MAPPER.readTree(
            """
            {"id":"I_1","number":12,"title":"Sell more","body":"Now","state":"CLOSED","stateReason":"NOT_PLANNED",
             "createdAt":"2026-01-05T10:00:00Z","updatedAt":"2026-01-08T10:00:00Z","closedAt":"2026-01-08T10:00:00Z",
             "url":"https://github.com/acme/shop/issues/12","repository":{"id":"R_1","nameWithOwner":"acme/shop"},
             "author":{"__typename":"User","login":"ada","databaseId":1,"name":"Ada"},
             "milestone":{"id":"MI_1"},"parent":{"__typename":"Issue","id":"I_9","number":9,"repository":{"nameWithOwner":"acme/shop"}},
             "assignees":{"nodes":[{"__typename":"User","login":"bob","databaseId":2,"name":null},
               {"__typename":"User","login":"eve","databaseId":3,"name":null}]},
             "labels":{"nodes":[{"name":"bug"}]},
             "timelineItems":{"pageInfo":{"hasNextPage":false,"endCursor":"e"},"nodes":[
              {"__typename":"LabeledEvent","id":"LE_1","createdAt":"2026-01-05T11:00:00Z","label":{"id":"LA_1","name":"bug"},
               "actor":{"__typename":"User","login":"ada","databaseId":1,"name":"Ada"}},
              {"__typename":"AssignedEvent","id":"AE_1","createdAt":"2026-01-05T12:00:00Z","actor":null,
               "assignee":{"__typename":"User","login":"bob","databaseId":2,"name":null}},
              {"__typename":"ConnectedEvent","id":"NE_1","createdAt":"2026-01-05T13:00:00Z","source":{},
               "subject":{"__typename":"PullRequest","id":"PR_8","url":"https://github.com/acme/shop/pull/8"}},
              {"__typename":"CrossReferencedEvent","id":"XE_1","createdAt":"2026-01-05T14:00:00Z","willCloseTarget":true,
               "source":{"__typename":"PullRequest","id":"PR_7","url":"https://github.com/acme/shop/pull/7"}},
              {"__typename":"CrossReferencedEvent","id":"XE_2","createdAt":"2026-01-05T15:00:00Z","willCloseTarget":false,
               "source":{"__typename":"Issue","id":"I_5","number":5,"repository":{"nameWithOwner":"acme/shop"}}},
              {"__typename":"ClosedEvent","id":"CE_1","createdAt":"2026-01-06T10:00:00Z","stateReason":"COMPLETED","actor":null,
               "closer":{"__typename":"PullRequest","id":"PR_7","url":"https://github.com/acme/shop/pull/7"}},
              {"__typename":"ReopenedEvent","id":"RE_1","createdAt":"2026-01-06T11:00:00Z","stateReason":"REOPENED","actor":null},
              {"__typename":"DisconnectedEvent","id":"NE_3","createdAt":"2026-01-06T12:00:00Z",
               "source":{"__typename":"PullRequest","id":"PR_8","url":"https://github.com/acme/shop/pull/8"},"subject":{}},
              {"__typename":"ConnectedEvent","id":"NE_2","createdAt":"2026-01-06T13:00:00Z","source":{},
               "subject":{"__typename":"PullRequest","id":"PR_9","url":"https://github.com/acme/shop/pull/9"}},
              {"__typename":"TransferredEvent","id":"TE_1","createdAt":"2026-01-06T14:00:00Z","actor":null,
               "fromRepository":{"id":"R_0","nameWithOwner":"acme/old"}},
              {"__typename":"ParentIssueAddedEvent","id":"PE_1","createdAt":"2026-01-06T15:00:00Z","actor":null,
               "parent":{"__typename":"Issue","id":"I_9","number":9,"repository":{"nameWithOwner":"acme/shop"}}},
              {"__typename":"MarkedAsDuplicateEvent","id":"DE_1","createdAt":"2026-01-07T10:00:00Z","actor":null,
               "canonical":{"__typename":"Issue","id":"I_6","number":6,"repository":{"nameWithOwner":"acme/web"}},
               "duplicate":{"__typename":"Issue","id":"I_1","number":12,"repository":{"nameWithOwner":"acme/shop"}}},
              {"__typename":"ClosedEvent","id":"CE_2","createdAt":"2026-01-08T10:00:00Z","stateReason":"NOT_PLANNED","actor":null,
               "closer":{"__typename":"Commit","oid":"abc","url":"https://github.com/acme/shop/commit/abc"}}]}}
            """);
  }
}
