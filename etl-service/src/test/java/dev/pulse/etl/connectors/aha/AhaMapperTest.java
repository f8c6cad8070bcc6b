package dev.pulse.etl.connectors.aha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.etl.Contracts;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.UnreadableRecord;
import dev.pulse.etl.connectors.records.AccountSighting;
import dev.pulse.etl.connectors.records.ItemRelation;
import dev.pulse.etl.connectors.records.LinkHint;
import dev.pulse.etl.connectors.records.Release;
import dev.pulse.etl.connectors.records.SourceRecord;
import dev.pulse.etl.connectors.records.WorkItem;
import dev.pulse.etl.connectors.records.WorkItemType;
import dev.pulse.etl.connectors.records.WorkStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads answers that the real Aha! gave, and odd ones that it might give. */
class AhaMapperTest {

  private static final String FEATURE =
      """
      {"id":"1","reference_num":"P-1","name":"One","product_id":"7",
       "created_at":"2026-01-02T03:04:05.678Z","updated_at":"2026-01-03T03:04:05.678Z"%s}
      """;

  @Test
  void a_feature_is_stored_with_what_it_serves_and_where_else_it_lives() {
    var rows = map(AhaKind.FEATURE, recorded("features", "feature"));

    var feature = only(rows, WorkItem.class);
    assertThat(feature.kind()).isEqualTo("feature");
    assertThat(feature.key()).isEqualTo("PRJ1-1");
    assertThat(feature.projectId()).isEqualTo("131414752");
    assertThat(feature.parentId()).as("its epic").isEqualTo("999605892");
    assertThat(feature.body()).isEqualTo("Body of note 1");
    assertThat(feature.dueOn()).isEqualTo("2019-01-01");
    assertThat(feature.labels()).isEqualTo("[\"Engineering\",\"Infrastructure\"]");
    assertThat(JsonMapper.shared().readTree(feature.extra()).at("/release/id").asString())
        .isEqualTo("278327321");
    assertThat(only(rows, WorkStatus.class).name()).isEqualTo("New");
    assertThat(only(rows, WorkItemType.class).name()).isEqualTo("New");
    assertThat(all(rows, AccountSighting.class)).isNotEmpty();
    assertThat(all(rows, ItemRelation.class))
        .extracting(ItemRelation::kind)
        .contains("serves goal", "serves initiative");
    assertThat(all(rows, LinkHint.class))
        .anySatisfy(
            hint -> {
              assertThat(hint.text()).isEqualTo("JRA-123");
              assertThat(hint.url()).isEqualTo("https://bigaha.atlassian.net/issues/JRA-123");
            });
  }

  @ParameterizedTest
  @EnumSource(names = {"FEATURE", "EPIC", "IDEA", "INITIATIVE", "GOAL"})
  void every_kind_of_plan_is_read_as_recorded(AhaKind kind) {
    var rows = map(kind, recorded(kind.list(), kind.word()));

    var item = only(rows, WorkItem.class);
    assertThat(item.kind()).isEqualTo(kind.word());
    assertThat(item.projectId()).isNotBlank();
    assertThat(item.title()).isNotBlank();
    assertThat(item.updatedAt()).isEqualTo(Instant.parse("2019-01-01T00:00:00Z"));
    assertThat(String.valueOf(item.extra())).doesNotContain("@aha.io", "John Smith", "long.com");
  }

  @Test
  void a_release_is_read_as_recorded() {
    var page = Page.servedAt(Instant.EPOCH);
    AhaMapper.release(recorded("releases", "release"), page);

    var release = only(page.last().records(), Release.class);
    assertThat(release.name()).isEqualTo("Release 1");
    assertThat(release.state()).isEqualTo("PLANNED");
    assertThat(release.releasedAt()).as("a day without a release").isNull();
    assertThat(release.dueOn()).isEqualTo("2019-01-01");
  }

  @ParameterizedTest
  @EnumSource(names = {"GOAL", "INITIATIVE"})
  void lists_show_whole_records_too(AhaKind kind) {
    var list = example("/api/v1/" + kind.list()).path(kind.list());

    assertThat(list).isNotEmpty().allSatisfy(raw -> assertThat(map(kind, raw)).isNotEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ",\"name\":null | name",
        ",\"name\":[1] | name",
        ",\"id\":null | id",
        ",\"product_id\":null | product_id",
        ",\"updated_at\":\"yesterday\" | updated_at",
        ",\"updated_at\":null | updated_at",
        ",\"created_at\":\"+292278994-08-17T07:12:55Z\" | created_at",
        ",\"due_date\":\"2026-02-30\" | due_date",
        ",\"workflow_status\":{\"id\":\"1\"} | name",
      })
  void what_is_not_as_documented_is_named(String odd, String field) {
    assertThatThrownBy(() -> map(AhaKind.FEATURE, feature(odd)))
        .isInstanceOf(UnreadableRecord.class)
        .hasMessageContaining(field);
  }

  @Test
  void the_workspace_may_be_told_in_other_ways() {
    var raw = feature(",\"product_id\":null,\"project\":{\"id\":\"9\",\"name\":\"Nine\"}");

    assertThat(only(map(AhaKind.FEATURE, raw), WorkItem.class).projectId()).isEqualTo("9");
  }

  @Test
  void own_fields_are_kept_but_for_rich_text() {
    var raw =
        feature(
            """
            ,"custom_fields":[{"key":"size","value":3,"type":"number"},{"key":"n","value":"<p>","type":"note"},
             {"key":"who","value":[{"id":"4","name":"Me","email":"me@x.example"}],"type":"array"},{"value":1}]
            """);

    assertThat(only(map(AhaKind.FEATURE, raw), WorkItem.class).extra())
        .isEqualTo("{\"custom_fields\":{\"size\":3,\"who\":[{\"id\":\"4\"}]}}");
  }

  private static JsonNode feature(String more) {
    return JsonMapper.shared().readTree(FEATURE.formatted(more));
  }

  private static JsonNode recorded(String list, String name) {
    return example("/api/v1/" + list + "/{id}").path(name);
  }

  private static JsonNode example(String path) {
    return Contracts.json("aha/aha-v1.openapi.trimmed.json")
        .path("paths")
        .path(path)
        .at("/get/responses/200/content")
        .values()
        .iterator()
        .next()
        .path("example");
  }

  private static List<SourceRecord> map(AhaKind kind, JsonNode raw) {
    var page = Page.servedAt(Instant.EPOCH);
    AhaMapper.item(kind, raw, page);
    return page.last().records();
  }

  private static <R extends SourceRecord> R only(List<SourceRecord> rows, Class<R> type) {
    assertThat(all(rows, type)).hasSize(1);
    return all(rows, type).getFirst();
  }

  private static <R extends SourceRecord> List<R> all(List<SourceRecord> rows, Class<R> type) {
    return rows.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
