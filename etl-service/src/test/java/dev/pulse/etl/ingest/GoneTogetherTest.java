package dev.pulse.etl.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.EtlTest;
import dev.pulse.etl.connectors.ConnectionSettings.Scope;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.records.Comment;
import dev.pulse.etl.connectors.records.PullRequest;
import dev.pulse.etl.connectors.records.SourceRecord;
import dev.pulse.etl.connectors.records.Sprint;
import dev.pulse.etl.connectors.records.SprintItem;
import dev.pulse.etl.connectors.records.WorkItem;
import dev.pulse.etl.ingest.ScriptedSource.Item;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What belongs to a record goes with it, and comes back with it. */
class GoneTogetherTest extends EtlTest {

  private static final AtomicLong RUNS = new AtomicLong(740_000);
  private static final Instant NOW = ScriptedSource.NOW;

  @Autowired PageStore pages;
  @Autowired JdbcClient jdbc;

  private final long id = RUNS.incrementAndGet();
  private final RunScope run = new RunScope(new Fence(id, 1), id, Scope.ALL, null);
  private Checkpoint at =
      Checkpoint.none(new Checkpoint.Key(id, "items", new Partition("alpha", "alpha")));

  @BeforeEach
  void an_item_in_two_sprints() {
    jdbc.sql(
            "insert into run_lease (run_id, owner, token, expires) values (?, 'test', 1, now() +"
                + " interval '1 minute') on conflict do nothing")
        .param(id)
        .update();
    save(
        Page.servedAt(NOW)
            .add(item(0))
            .add(sprint("1"))
            .add(sprint("2"))
            .add(member("1"))
            .add(member("2"))
            .add(comment("a"))
            .add(comment("b")));
  }

  @Test
  void the_members_of_a_sprint_go_with_it_and_come_back_with_it() {
    gone(Sprint.class, "1");
    assertThat(live("sprint_item")).containsExactly("in 2");

    save(Page.servedAt(NOW).add(sprint("1")));
    assertThat(live("sprint_item")).containsExactly("in 1", "in 2");
    assertThat(figure()).isEqualTo(7);
  }

  @Test
  void members_that_are_read_again_do_not_bring_their_sprint_back() {
    gone(Sprint.class, "1");

    save(Page.servedAt(NOW).add(member("1")).add(member("2")));

    assertThat(live("sprint_item")).containsExactly("in 2");
    assertThat(figure()).isEqualTo(5);
  }

  @Test
  void what_has_two_parents_comes_back_with_the_last_of_them() {
    gone(Sprint.class, "1");
    gone(WorkItem.class, "7");

    save(Page.servedAt(NOW).add(sprint("1")));
    assertThat(live("sprint_item")).isEmpty();

    save(Page.servedAt(NOW).add(item(1)));
    assertThat(live("sprint_item")).containsExactly("in 1", "in 2");
    assertThat(figure()).isEqualTo(7);
  }

  @Test
  void what_was_deleted_by_itself_does_not_come_back() {
    save(Page.servedAt(NOW).deleted(Comment.class, "a"));
    gone(WorkItem.class, "7");
    assertThat(live("comment")).isEmpty();

    save(Page.servedAt(NOW).add(item(1)));

    assertThat(live("comment")).containsExactly("b");
    assertThat(figure()).isEqualTo(6);
  }

  /** Where the source tells the number of the parent, and not its id. */
  @Test
  void comments_go_with_the_pull_request_that_bears_their_number_and_come_back_with_it() {
    save(
        Page.servedAt(NOW)
            .add(pull("p", "r", 5, 0))
            .add(numbered("of p", "pull_request", "r", 5))
            .add(numbered("of another", "pull_request", "r", 6))
            .add(numbered("elsewhere", "pull_request", "q", 5)));

    gone(PullRequest.class, "p");
    assertThat(live("comment")).containsExactly("a", "b", "elsewhere", "of another");
    assertThat(figure()).isEqualTo(9);

    save(Page.servedAt(NOW).add(pull("p", "r", 5, 1)));
    assertThat(live("comment")).containsExactly("a", "b", "elsewhere", "of another", "of p");
    assertThat(figure()).isEqualTo(11);
  }

  @Test
  void comments_go_with_the_issue_that_bears_their_number() {
    save(
        Page.servedAt(NOW)
            .add(numbered("10", "{\"number\": 5}", 0))
            .add(numbered("11", "{\"number\": \"five\"}", 0))
            .add(numbered("of 10", "work_item", "alpha", 5))
            .add(numbered("of a pull", "pull_request", "alpha", 5)));

    gone(WorkItem.class, "11");
    gone(WorkItem.class, "10");

    assertThat(live("comment")).containsExactly("a", "b", "of a pull");
  }

  private void gone(Class<? extends SourceRecord> type, String gone) {
    pages.remove(run, "census", Partition.WHOLE, type, List.of(gone));
  }

  private void save(Page.Builder page) {
    var whole = page.next(new Position("after " + at.version()));
    at = at.after(whole, new ScriptedSource().new Items(), null, null);
    pages.save(run, whole, at);
  }

  private List<String> live(String table) {
    return jdbc.sql(
            "select external_id from %s where connection_id = ? and deleted_at is null order by 1"
                .formatted(table))
        .param(id)
        .query(String.class)
        .list();
  }

  private long figure() {
    return jdbc.sql("select sum(live) from stored_rows where connection_id = ?")
        .param(id)
        .query(Long.class)
        .single();
  }

  private static WorkItem item(int minute) {
    return ScriptedSource.row(new Item("7", "T", NOW.plusSeconds(60L * minute), 0), "alpha");
  }

  private static WorkItem numbered(String id, String extra, int minute) {
    var of = ScriptedSource.row(new Item(id, "T", NOW.plusSeconds(60L * minute), 0), "alpha");
    return new WorkItem(
        of.kind(),
        id,
        of.key(),
        of.projectId(),
        null,
        null,
        of.title(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        of.sourceUpdatedAt(),
        null,
        null,
        null,
        extra,
        null);
  }

  private static PullRequest pull(String id, String repository, long number, int minute) {
    var updated = NOW.plusSeconds(60L * minute);
    return new PullRequest(
        id,
        repository,
        number,
        "T",
        null,
        "OPEN",
        false,
        null,
        "main",
        "b",
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        NOW,
        updated,
        null,
        null,
        null,
        null);
  }

  private static Comment numbered(String id, String kind, String repository, long number) {
    return new Comment(
        id, kind, null, repository, number, "COMMENT", null, null, null, null, "b", NOW, NOW);
  }

  private static Sprint sprint(String id) {
    return new Sprint(id, null, "Sprint", null, "active", null, null, null);
  }

  private static SprintItem member(String sprint) {
    return new SprintItem("in " + sprint, sprint, "7", null, null);
  }

  private static Comment comment(String id) {
    return new Comment(
        id, "work_item", "7", null, null, "COMMENT", null, null, null, null, "b", NOW, NOW);
  }
}
