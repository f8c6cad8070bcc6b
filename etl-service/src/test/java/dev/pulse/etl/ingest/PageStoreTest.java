package dev.pulse.etl.ingest;

import static java.util.stream.Collectors.toUnmodifiableSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.etl.EtlTest;
import dev.pulse.etl.connectors.ConnectionSettings.Scope;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Page.OwedWork;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.connectors.records.Comment;
import dev.pulse.etl.connectors.records.LinkHint;
import dev.pulse.etl.connectors.records.SourceRecord;
import dev.pulse.etl.connectors.records.WorkItem;
import dev.pulse.etl.ingest.ScriptedSource.Item;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class PageStoreTest extends EtlTest {

  private static final AtomicLong RUNS = new AtomicLong(700_000);
  private static final Instant NOW = ScriptedSource.NOW;

  @Autowired PageStore pages;
  @Autowired ScopeElements scopeElements;
  @Autowired JdbcClient jdbc;

  /** Of the run, and of its connection: each test has its own. */
  private final long id = RUNS.incrementAndGet();

  private final RunScope run = new RunScope(new Fence(id, 1), id, Scope.ALL, null);
  private Checkpoint at =
      Checkpoint.none(new Checkpoint.Key(id, "items", new Partition("alpha", "alpha")));

  @BeforeEach
  void a_run() {
    jdbc.sql(
            "insert into run_lease (run_id, owner, token, expires) values (?, 'test', 1, now() +"
                + " interval '1 minute') on conflict do nothing")
        .param(id)
        .update();
  }

  @Test
  void a_new_comment_with_the_id_of_an_issue_does_not_hide_what_the_issue_has_lost() {
    save(
        Page.servedAt(NOW)
            .add(item("10001", 0))
            .add(item("10002", 0))
            .add(comment("20001", "10001"))
            .add(comment("20002", "10001"))
            .complete(Comment.class, WorkItem.class, "10001"));

    save(
        Page.servedAt(NOW)
            .add(item("10001", 1))
            .add(item("10002", 1))
            .add(comment("20001", "10001"))
            .add(comment("10001", "10002"))
            .complete(Comment.class, WorkItem.class, "10001")
            .complete(Comment.class, WorkItem.class, "10002"));

    assertThat(
            jdbc.sql(
                    "select external_id from comment where connection_id = ? and deleted_at is null"
                        + " order by 1")
                .param(id)
                .query(String.class)
                .list())
        .containsExactly("10001", "20001");
  }

  @Test
  void what_the_source_says_it_deleted_is_gone_with_its_children_and_nothing_else() {
    save(
        Page.servedAt(NOW)
            .add(item("30001", 0))
            .add(item("30002", 0))
            .add(comment("40001", "30001"))
            .add(comment("40002", "30002")));

    save(
        Page.servedAt(NOW)
            .deleted(WorkItem.class, "30001")
            .deleted(Comment.class, "30002")
            .deleted(WorkItem.class, "39999"));

    assertThat(
            jdbc.sql(
                    """
                    select external_id || ' ' || gone_reason
                    from work_item where connection_id = ? and deleted_at is not null
                    union all
                    select external_id || ' ' || gone_reason
                    from comment where connection_id = ? and deleted_at is not null and external_id like '4%'
                    """)
                .params(id, id)
                .query(String.class)
                .list())
        .containsExactlyInAnyOrder("30001 DELETED", "40001 DELETED");
  }

  /** Sources number issues, sprints, boards, work and the rest each from one. */
  @ParameterizedTest
  @MethodSource("types")
  void nothing_is_gone_but_the_children_of_what_was_deleted(Class<? extends SourceRecord> type) {
    save(childrenOfEachType("7"));

    save(Page.servedAt(NOW).deleted(type, "7"));

    assertThat(childrenGone()).containsExactlyInAnyOrderElementsOf(childrenOf(type));
  }

  @ParameterizedTest
  @MethodSource("types")
  void nothing_is_gone_but_the_children_of_what_is_not_shown(Class<? extends SourceRecord> type) {
    save(childrenOfEachType("7"));

    pages.remove(run, "census", Partition.WHOLE, type, List.of("7"));

    assertThat(childrenGone()).containsExactlyInAnyOrderElementsOf(childrenOf(type));
  }

  static Stream<Class<? extends SourceRecord>> types() {
    return RecordLayout.TABLES.stream().<Class<? extends SourceRecord>>map(RecordTable::type);
  }

  /** One comment and one hint of each type, all with parents of one id. */
  private static Page.Builder childrenOfEachType(String parent) {
    var page = Page.servedAt(NOW);
    for (var table : Set.copyOf(RecordLayout.TABLES.stream().map(RecordTable::name).toList())) {
      page.add(comment("of " + table, table, parent)).add(hint("of " + table, table, parent));
    }
    return page;
  }

  /** Nothing comments on a comment, nor does a hint lead from a hint. */
  private static List<String> childrenOf(Class<? extends SourceRecord> type) {
    var table = RecordLayout.of(type).name();
    return Stream.of("comment", "link_hint")
        .filter(child -> !child.equals(table))
        .map(child -> child + " of " + table)
        .toList();
  }

  private List<String> childrenGone() {
    return jdbc.sql(
            """
            select 'comment ' || external_id
            from comment where connection_id = ? and deleted_at is not null
            union all
            select 'link_hint ' || external_id
            from link_hint where connection_id = ? and deleted_at is not null
            """)
        .params(id, id)
        .query(String.class)
        .list();
  }

  @ParameterizedTest
  @MethodSource("types")
  void only_what_is_owed_to_what_is_gone_is_forgiven(Class<? extends SourceRecord> type) {
    save(owedToEachType("7"));
    pages.remove(run, "census", Partition.WHOLE, type, List.of("7"));
    assertThat(owed()).isEqualTo(owedToAllBut(type));

    save(owedToEachType("7"));
    save(Page.servedAt(NOW).deleted(type, "7"));
    assertThat(owed()).isEqualTo(owedToAllBut(type));
  }

  private static Page.Builder owedToEachType(String parent) {
    var page = Page.servedAt(NOW);
    for (var table : RecordLayout.TABLES) {
      var stream = "of " + table.name();
      page.owe(new OwedWork(stream, table.type(), parent, Partition.WHOLE, "", false));
    }
    return page;
  }

  private static Set<String> owedToAllBut(Class<? extends SourceRecord> type) {
    return RecordLayout.TABLES.stream()
        .filter(table -> !table.name().equals(RecordLayout.of(type).name()))
        .map(table -> "of " + table.name())
        .collect(toUnmodifiableSet());
  }

  private Set<String> owed() {
    return Set.copyOf(
        jdbc.sql("select stream from owed where connection_id = ?")
            .param(id)
            .query(String.class)
            .list());
  }

  @Test
  void a_whole_list_of_a_parent_says_nothing_of_another_with_the_same_id() {
    save(Page.servedAt(NOW).add(item("7", 0)).add(comment("1", "pull_request", "7")));
    save(Page.servedAt(NOW).add(comment("2", "work_item", "7")));

    save(Page.servedAt(NOW).add(item("7", 1)).complete(Comment.class, WorkItem.class, "7"));

    assertThat(childrenGone()).containsExactly("comment 2");
  }

  @Test
  void a_whole_list_does_not_say_of_what() {
    assertThatThrownBy(() -> save(Page.servedAt(NOW).complete(Comment.class, "7")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_project_whose_name_cannot_be_stored_is_stored_with_a_replacement() {
    scopeElements.save(
        run, List.of(new ScopeElement("p", "site", "A\u0000B", "L\uD83D", Map.of("a", "x\u0000"))));

    assertThat(
            jdbc.sql("select name || label from scope_element where connection_id = ?")
                .param(id)
                .query(String.class)
                .single())
        .isEqualTo("A\uFFFDBL\uFFFD");
  }

  private void save(Page.Builder page) {
    var whole = page.next(new Position("after " + at.version()));
    at = at.after(whole, new ScriptedSource().new Items(), null, null);
    pages.save(run, whole, at);
  }

  private static WorkItem item(String id, int minute) {
    return ScriptedSource.row(new Item(id, "T", NOW.plusSeconds(60L * minute), 0), "alpha");
  }

  private static Comment comment(String id, String parent) {
    return comment(id, "work_item", parent);
  }

  private static LinkHint hint(String id, String parentKind, String parent) {
    return new LinkHint(id, parentKind, parent, "remote_link", null, null, null, null, null);
  }

  private static Comment comment(String id, String parentKind, String parent) {
    return new Comment(
        id, parentKind, parent, null, null, "COMMENT", null, null, null, null, "b", NOW, NOW);
  }
}
