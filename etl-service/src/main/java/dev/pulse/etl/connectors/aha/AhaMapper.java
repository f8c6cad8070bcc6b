package dev.pulse.etl.connectors.aha;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.UnreadableRecord;
import dev.pulse.etl.connectors.records.ItemRelation;
import dev.pulse.etl.connectors.records.LinkHint;
import dev.pulse.etl.connectors.records.Release;
import dev.pulse.etl.connectors.records.SourceRecord;
import dev.pulse.etl.connectors.records.WorkItem;
import dev.pulse.etl.connectors.records.WorkItemType;
import dev.pulse.etl.connectors.records.WorkStatus;
import dev.pulse.etl.platform.json.SourceJson;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Turns what is planned in Aha! into rows. */
final class AhaMapper {

  /** Fields that have a column, or a table, of their own. */
  private static final Set<String> TYPED =
      Set.of(
          "id",
          "reference_num",
          "name",
          "created_at",
          "updated_at",
          "product_id",
          "project",
          "product",
          "url",
          "description",
          "theme",
          "workflow_status",
          "success_metric",
          "workflow_kind",
          "created_by_user",
          "assigned_to_user",
          "tags",
          "due_date",
          "integration_fields",
          "custom_fields");

  private AhaMapper() {}

  static void item(AhaKind kind, JsonNode raw, Page.Builder page) {
    var id = AhaJson.requireText(raw, "id");
    var updated = AhaJson.requireTime(raw, "updated_at");
    var due = kind == AhaKind.INITIATIVE ? "end_date" : "due_date";
    page.seen(updated);
    page.add(
        new WorkItem(
            kind.word(),
            id,
            AhaJson.requireText(raw, "reference_num"),
            requireProduct(raw),
            AhaJson.text(raw.path("workflow_kind"), "id"),
            AhaJson.text(status(raw), "id"),
            AhaJson.requireText(raw, "name"),
            AhaJson.note(raw, "description"),
            null,
            null,
            AhaJson.text(raw.path("assigned_to_user"), "id"),
            AhaJson.text(raw.path("created_by_user"), "id"),
            parent(kind, raw),
            raw.path("tags").isArray() ? raw.path("tags").toString() : null,
            null,
            AhaJson.requireTime(raw, "created_at"),
            updated,
            null,
            AhaJson.date(raw, due),
            AhaJson.text(raw, "url"),
            extra(kind, raw),
            null));
    met(raw, page);
    relations(id, raw, page);
    integrations("work_item", WorkItem.class, id, raw, page);
  }

  static void release(JsonNode raw, Page.Builder page) {
    var id = AhaJson.requireText(raw, "id");
    var updated = AhaJson.requireTime(raw, "updated_at");
    boolean out = AhaJson.flag(raw, "released");
    page.seen(updated);
    page.add(
        new Release(
            id,
            AhaKind.RELEASE.word(),
            requireProduct(raw),
            null,
            AhaJson.requireText(raw, "name"),
            AhaJson.requireText(raw, "reference_num"),
            null,
            AhaJson.note(raw, "theme"),
            out ? "RELEASED" : "PLANNED",
            AhaJson.requireTime(raw, "created_at"),
            AhaJson.date(raw, "start_date"),
            AhaJson.date(raw, "release_date"),
            out ? AhaJson.midnight(raw, "released_on") : null,
            updated,
            AhaJson.text(raw, "url"),
            extra(AhaKind.RELEASE, raw)));
    met(raw, page);
    integrations("release", Release.class, id, raw, page);
  }

  /** The workspace, or line of products, that a record is part of; null if it does not say. */
  static @Nullable String product(JsonNode raw) {
    for (var id :
        List.of(raw.path("product_id"), raw.path("project").path("id"), raw.at("/product/id"))) {
      if (id.isString() || id.isIntegralNumber()) return id.asString();
    }
    return null;
  }

  private static String requireProduct(JsonNode raw) {
    var product = product(raw);
    if (product == null) throw new UnreadableRecord("product_id: expected text, found nothing");
    return product;
  }

  /** Goals have none of their own: that of their metric is shown. */
  private static JsonNode status(JsonNode raw) {
    var own = raw.path("workflow_status");
    return own.isObject() ? own : raw.path("success_metric").path("workflow_status");
  }

  private static @Nullable String parent(AhaKind kind, JsonNode raw) {
    return switch (kind) {
      case FEATURE -> {
        var epic = AhaJson.text(raw.path("epic"), "id");
        yield epic == null ? AhaJson.text(raw.path("initiative"), "id") : epic;
      }
      case EPIC -> AhaJson.text(raw.path("initiative"), "id");
      case INITIATIVE, GOAL -> AhaJson.text(raw.path("parent"), "id");
      case IDEA, RELEASE -> null;
    };
  }

  /** Statuses, types and people have few lists of their own: they are known by being met. */
  private static void met(JsonNode raw, Page.Builder page) {
    var status = status(raw);
    var statusId = AhaJson.text(status, "id");
    if (statusId != null) {
      var name = AhaJson.requireText(status, "name");
      var category = AhaJson.flag(status, "complete") ? "DONE" : null;
      page.add(new WorkStatus(statusId, name, category, null));
    }
    var type = raw.path("workflow_kind");
    var typeId = AhaJson.text(type, "id");
    if (typeId != null) {
      page.add(new WorkItemType(typeId, AhaJson.requireText(type, "name"), null, null));
    }
    for (var field : List.of("created_by_user", "assigned_to_user", "owner")) {
      var sighting = AhaJson.sighting(raw.path(field));
      if (sighting != null) page.add(sighting);
    }
  }

  /** What a record serves, but for its parent. */
  private static void relations(String item, JsonNode raw, Page.Builder page) {
    for (var goal : raw.path("goals")) relation(item, "serves goal", goal, page);
    if (raw.path("epic").isObject()) {
      relation(item, "serves initiative", raw.path("initiative"), page);
    }
    relation(item, "became", raw.path("feature"), page);
    relation(item, "is duplicate of", raw.path("duplicate_of"), page);
    page.complete(ItemRelation.class, item);
  }

  private static void relation(String item, String kind, JsonNode other, Page.Builder page) {
    var id = AhaJson.text(other, "id");
    if (id == null) return;
    var key = AhaJson.text(other, "reference_num");
    page.add(new ItemRelation(item + ":" + kind + ":" + id, item, kind, id, key));
  }

  /** Where an integration keeps the record in another system: one hint for each integration. */
  private static void integrations(
      String table, Class<? extends SourceRecord> of, String id, JsonNode raw, Page.Builder page) {
    var all = new TreeMap<String, TreeMap<String, String>>();
    for (var field : raw.path("integration_fields")) {
      var integration = AhaJson.text(field, "integration_id");
      var name = AhaJson.text(field, "name");
      var value = AhaJson.text(field, "value");
      if (integration == null || name == null || value == null) continue;
      all.computeIfAbsent(integration, _ -> new TreeMap<>()).put(name, value);
    }
    all.forEach(
        (integration, fields) ->
            page.add(
                new LinkHint(
                    id + ":" + integration,
                    table,
                    id,
                    "integration",
                    null,
                    fields.get("id"),
                    fields.get("url"),
                    fields.get("key"),
                    null)));
    page.complete(LinkHint.class, of, id);
  }

  /** All other fields that were asked for and are set. */
  private static @Nullable String extra(AhaKind kind, JsonNode raw) {
    var extra = SourceJson.MAPPER.createObjectNode();
    for (var field : kind.fields()) {
      var value = raw.path(field);
      boolean set = !value.isMissingNode() && !value.isNull() && !value.equals(emptyList());
      if (set && !TYPED.contains(field)) extra.set(field, AhaJson.lasting(value));
    }
    var custom = SourceJson.MAPPER.createObjectNode();
    for (var field : raw.path("custom_fields")) {
      var key = AhaJson.text(field, "key");
      boolean rich = field.path("type").asString("").equals("note");
      var value = field.path("value");
      if (key != null && !rich && !value.isNull()) custom.set(key, AhaJson.lasting(value));
    }
    if (!custom.isEmpty()) extra.set("custom_fields", custom);
    return extra.isEmpty() ? null : extra.toString();
  }

  private static JsonNode emptyList() {
    return SourceJson.MAPPER.createArrayNode();
  }
}
