package dev.pulse.etl.connectors.aha;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.local.world.Plan;
import dev.pulse.local.world.Plan.Kind;
import dev.pulse.local.world.World;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a complete copy of the simulated Aha! holds. */
public final class AhaTruth {

  private static final long PEOPLE_FROM = 6_600_000_000_000_000_000L;

  private final JdbcClient jdbc;
  private final World world;
  private long connection;

  public AhaTruth(JdbcClient jdbc, World world) {
    this.jdbc = jdbc;
    this.world = world;
  }

  /** Compares all rows of a connection with the world. */
  public void assertEqual(long connection) {
    this.connection = connection;
    assertRows(
        """
        select concat_ws('|', kind, external_id, key, project_id, status_id, type_id, title, body, assignee_id,
          reporter_id, parent_id, labels, due_on, %s, %s, extra::jsonb #>> '{release,id}',
          extra::jsonb #>> '{custom_fields,customer}')
        from work_item where connection_id = ? and deleted_at is null
        """
            .formatted(time("created_at"), time("source_updated_at")),
        TestedAha.ITEMS.stream().flatMap(this::plans).map(AhaTruth::item));
    assertRows(
        """
        select concat_ws('|', external_id, kind, project_id, name, tag, description, state, starts_on, due_on,
          %s, %s)
        from release where connection_id = ? and deleted_at is null
        """
            .formatted(time("released_at"), time("source_updated_at")),
        plans(Kind.RELEASE).map(AhaTruth::release));
    assertRows(
        """
        select concat_ws('|', work_item_id, kind, other_id)
        from item_relation where connection_id = ? and deleted_at is null
        """,
        TestedAha.ITEMS.stream().flatMap(this::plans).flatMap(AhaTruth::relation));
    assertRows(
        """
        select concat_ws('|', external_id, from_kind, from_id, kind, url, text)
        from link_hint where connection_id = ? and deleted_at is null
        """,
        plans(Kind.FEATURE).flatMap(AhaTruth::hint));
    assertCatalogue();
  }

  private void assertCatalogue() {
    assertRows(
        "select concat_ws('|', external_id, key, name, kind) from project where connection_id = ?",
        world.projects().stream()
            .map(each -> row(each.id(), Plan.prefix(each), each.name(), "product_workspace")));
    assertRows(
        """
        select concat_ws('|', external_id, name, email, kind, active::text)
        from account where connection_id = ?
        """,
        world.people().stream()
            .map(
                each ->
                    row(
                        PEOPLE_FROM + each.index(),
                        each.name(),
                        each.email(),
                        "USER",
                        !each.gone())));
    var statuses = new TreeSet<String>();
    for (var kind : Kind.values()) {
      plans(kind).forEach(plan -> statuses.add(status(plan) + (plan.status() == 3 ? "|DONE" : "")));
    }
    var stored =
        rows(
            "select concat_ws('|', external_id, category) from work_status where connection_id ="
                + " ?");
    assertThat(stored).containsAll(statuses);
    assertThat(rows("select name from work_item_type where connection_id = ?"))
        .containsExactly("New");
  }

  private Stream<Plan> plans(Kind kind) {
    var shelf = world.roadmap().shelf(kind);
    return IntStream.range(0, shelf.count())
        .filter(index -> !shelf.deleted(index))
        .mapToObj(index -> world.roadmap().plan(kind, index));
  }

  private static String item(Plan plan) {
    boolean planned = plan.kind() == Kind.FEATURE || plan.kind() == Kind.EPIC;
    boolean tagged = planned || plan.kind() == Kind.IDEA;
    boolean created = planned || plan.kind() == Kind.INITIATIVE;
    var assignee = plan.kind() == Kind.GOAL ? null : plan.assignee();
    var tags = plan.tags().isEmpty() ? "[]" : "[\"" + plan.tags().getFirst() + "\"]";
    return row(
        plan.kind().name().toLowerCase(Locale.ROOT),
        plan.id(),
        plan.reference(),
        plan.project().id(),
        status(plan),
        plan.kind() == Kind.FEATURE ? "67010" : null,
        plan.name(),
        text(plan),
        assignee == null ? null : PEOPLE_FROM + assignee.index(),
        created ? PEOPLE_FROM + plan.creator().index() : null,
        planned ? plan.parent() : null,
        tagged ? tags : null,
        planned ? date(plan.created(), 0) : null,
        plan.created(),
        plan.updated(),
        plan.release(),
        "Customer " + plan.index() % 7);
  }

  private static String release(Plan plan) {
    boolean out = plan.status() == 3;
    return row(
        plan.id(),
        "release",
        plan.project().id(),
        plan.name(),
        plan.reference(),
        text(plan),
        out ? "RELEASED" : "PLANNED",
        date(plan.created(), 0),
        date(plan.created(), 30),
        out ? date(plan.created(), 31) + "T00:00:00Z" : null,
        plan.updated());
  }

  private static Stream<String> relation(Plan plan) {
    if (plan.parent() == null) return Stream.empty();
    return switch (plan.kind()) {
      case INITIATIVE -> Stream.of(row(plan.id(), "serves goal", plan.parent()));
      case IDEA -> Stream.of(row(plan.id(), "became", plan.parent()));
      default -> Stream.empty();
    };
  }

  private static Stream<String> hint(Plan plan) {
    if (plan.issue() == null) return Stream.empty();
    return Stream.of(
        row(
            plan.id() + ":204584239",
            "work_item",
            plan.id(),
            "integration",
            "https://acme.example/browse/" + plan.issue(),
            plan.issue()));
  }

  private static int status(Plan plan) {
    return 93_000 + plan.status();
  }

  private static String text(Plan plan) {
    return plan.text().replace('\u0000', '\uFFFD');
  }

  private static LocalDate date(Instant from, int days) {
    return LocalDate.ofInstant(from, ZoneOffset.UTC).plusDays(days);
  }

  /** As {@code concat_ws} joins it. */
  private static String row(@Nullable Object... parts) {
    var present = new ArrayList<String>();
    for (var part : parts) if (part != null) present.add(part.toString());
    return String.join("|", present);
  }

  /** As {@link Instant#toString()} writes it. */
  private static String time(String column) {
    return "regexp_replace(to_char(%s at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS'), '\\.000$', '') || 'Z'"
        .formatted(column);
  }

  private void assertRows(String sql, Stream<String> truth) {
    assertThat(rows(sql)).containsExactlyInAnyOrderElementsOf(truth.toList());
  }

  private List<String> rows(String sql) {
    return jdbc.sql(sql).param(connection).query(String.class).list();
  }
}
