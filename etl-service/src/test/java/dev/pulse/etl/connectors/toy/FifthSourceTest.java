package dev.pulse.etl.connectors.toy;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.pulse.etl.EtlTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * One more source is one more folder: everything here is done through the REST interface, by a
 * service that has never heard of toys. What a new source has to do is in
 * docs/connectors/how-to-add.md.
 */
class FifthSourceTest extends EtlTest {

  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
  private static final int CARDS = 35;

  @Autowired private JdbcClient jdbc;
  @Autowired private ToyConnector toys;
  private final ToyBox box = new ToyBox();
  private long connection;

  @BeforeEach
  void two_boards_of_cards() {
    for (int i = 0; i < CARDS; i++) {
      box.put("red", i, "Red " + i, THEN.plusSeconds(i).toString());
      box.put("blue", i, "Blue " + i, THEN.plusSeconds(i).toString());
    }
  }

  @AfterEach
  void no_box() {
    if (connection != 0) api("DELETE", "connections/" + connection, "");
    box.close();
  }

  @Test
  void it_is_listed_with_its_form_and_its_rights() {
    var toy =
        api("GET", "connectors", "")
            .json()
            .path("items")
            .valueStream()
            .filter(each -> each.path("id").asString().equals("toy"))
            .findFirst()
            .orElseThrow();

    assertThat(toy.path("label").asString()).isEqualTo("Toy box");
    assertThat(toy.findValuesAsString("name")).contains("baseUrl", "token", "Look");
  }

  @Test
  void it_is_checked_and_its_boards_can_be_chosen() {
    assertThat(check("wrong-key-1").path("code").asString()).isEqualTo("CREDENTIALS_REJECTED");
    assertThat(check(ToyBox.KEY).path("works").asBoolean()).isTrue();

    var found = api("POST", "connections/discover", body(ToyBox.KEY)).json();

    assertThat(found.findValuesAsString("name")).containsExactlyInAnyOrderElementsOf(ToyBox.BOARDS);
  }

  @Test
  void it_is_read_whole_once_and_then_what_changed() {
    connect();

    sync("FINISHED");

    assertThat(rows("work_item")).hasSize(2 * CARDS);
    assertThat(rows("link_hint")).hasSize(2 * CARDS);
    assertThat(rows("project")).containsExactlyInAnyOrder("red", "blue");
    assertThat(job().path("rows").asLong()).isEqualTo(4L * CARDS + 2);

    box.put("red", 3, "Red, painted over", Instant.now().toString());
    sync("FINISHED");

    assertThat(counter("inserted")).isZero();
    assertThat(counter("updated")).as("the card and its hint").isEqualTo(2);
    assertThat(titles()).contains("Red, painted over").doesNotContain("Red 3");
  }

  @Test
  void a_run_that_fails_in_the_middle_is_resumed_there() {
    connect();
    box.breakAt("after=red-019");
    sync("FAILED");
    assertThat(titles().stream().filter(title -> title.startsWith("Red"))).hasSize(20);
    box.asked();

    box.breakAt("nothing");
    sync("FINISHED");

    assertThat(rows("work_item")).hasSize(2 * CARDS);
    assertThat(box.asked().stream().filter(asked -> asked.contains("/red/")).findFirst())
        .hasValueSatisfying(asked -> assertThat(asked).contains("after=red-019"));
  }

  @Test
  void what_cannot_be_read_is_set_aside_and_the_rest_is_stored() {
    box.put("blue", 7, "Blue some day", "yesterday, about noon");
    connect();

    sync("FINISHED");

    assertThat(rows("work_item")).hasSize(2 * CARDS - 1).doesNotContain("blue-007");
    var aside = api("GET", "quarantine?connection=" + connection, "").json().toString();
    assertThat(aside).contains("blue-007");
  }

  @Test
  void a_raised_mapping_is_applied_to_all_that_is_stored_whatever_fails_meanwhile() {
    connect();
    sync("FINISHED");
    assertThat(links()).isEmpty();
    var watermarks = watermarks();

    toys.mapping(box.url(), 2);
    box.breakAt("after=red-019&since=" + Instant.EPOCH);
    sync("FAILED");
    box.breakAt("nothing");
    box.asked();
    sync("FINISHED");

    assertThat(links()).hasSize(2 * CARDS);
    assertThat(box.asked())
        .contains("/boards/red/cards?limit=10&after=red-019&since=" + Instant.EPOCH)
        .doesNotContain("/boards/red/cards?limit=10&after=&since=" + Instant.EPOCH);
    assertThat(watermarks()).isEqualTo(watermarks);
    assertThat(backfills()).containsExactly("cards FINISHED");
    assertThat(
            texts(
                "select message from run_event e join run r on r.id = e.run_id where r.job_id = ?"
                    + " and kind = 'REMAPPED'"))
        .containsExactly(
            "The mapping of cards was raised from 1 to 2: what is stored is read again");
    sync("FINISHED");
    assertThat(backfills()).as("once").hasSize(1);
    assertThat(counter("updated")).isZero();
  }

  @Test
  void rows_that_an_older_version_has_made_meanwhile_are_made_anew() {
    toys.mapping(box.url(), 2);
    connect();
    sync("FINISHED");
    assertThat(backfills()).as("all was read by this mapping").isEmpty();

    toys.mapping(box.url(), 1);
    box.put("red", 3, "Red, painted over", Instant.now().toString());
    sync("FINISHED");
    assertThat(backfills()).isEmpty();
    assertThat(links()).doesNotContain("https://example.org/red-003");
    toys.mapping(box.url(), 2);
    sync("FINISHED");

    assertThat(backfills()).containsExactly("cards FINISHED");
    assertThat(links()).hasSize(2 * CARDS);
  }

  @Test
  void nothing_outside_the_folder_of_a_source_depends_on_it() {
    var classes = new ClassFileImporter().importPackages("dev.pulse.etl");
    var sources =
        classes.stream()
            .map(
                each ->
                    each.getPackageName().replaceFirst("^dev\\.pulse\\.etl\\.connectors\\.?", ""))
            .filter(name -> !name.startsWith("dev.") && !name.isEmpty() && !name.equals("records"))
            .distinct()
            .toList();

    assertThat(sources).contains("toy").hasSizeGreaterThan(3);
    for (var source : sources) {
      var folder = "dev.pulse.etl.connectors." + source + "..";
      noClasses()
          .that(resideOutsideOfPackage(folder))
          .and()
          .haveSimpleNameNotEndingWith("Test")
          .should()
          .dependOnClassesThat(resideInAPackage(folder))
          .check(classes);
    }
  }

  private void connect() {
    var reply = api("POST", "connections", body(ToyBox.KEY));
    assertThat(reply.status()).as(reply.json().toString()).isEqualTo(201);
    connection = reply.json().path("id").asLong();
  }

  private JsonNode check(String key) {
    return api("POST", "connections/check", body(key)).json();
  }

  private String body(String key) {
    return box.connection("My toys", key);
  }

  private void sync(String end) {
    assertThat(api("POST", "jobs/" + connection + "/start", "").status()).isEqualTo(202);
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> job().path("state").asString().equals(end));
  }

  private JsonNode job() {
    return api("GET", "jobs/" + connection, "").json();
  }

  private List<String> titles() {
    return texts("select title from work_item where connection_id = ? and deleted_at is null");
  }

  /** What the second mapping keeps of a card. */
  private List<String> links() {
    return texts("select body from work_item where connection_id = ? and body is not null");
  }

  private List<String> watermarks() {
    return texts(
        "select stream || ' ' || partition || ' ' || watermark from checkpoint where connection_id"
            + " = ? and watermark is not null order by 1");
  }

  private List<String> backfills() {
    return api("GET", "jobs/" + connection + "/backfills", "")
        .json()
        .path("items")
        .valueStream()
        .map(
            each ->
                each.path("wanted").path("stream").asString() + " " + each.path("state").asString())
        .toList();
  }

  private List<String> rows(String table) {
    return texts(
        "select external_id from %s where connection_id = ? and deleted_at is null"
            .formatted(table));
  }

  private List<String> texts(String sql) {
    return jdbc.sql(sql).param(connection).query(String.class).list();
  }

  private long counter(String column) {
    return jdbc.sql(
            "select coalesce(sum(%s), 0) from run_stream where run_id = (select max(id) from run where job_id = ?)"
                .formatted(column))
        .param(connection)
        .query(Long.class)
        .single();
  }
}
