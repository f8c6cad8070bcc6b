package dev.pulse.etl.connectors.aha;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.connectors.WalkedStream;
import dev.pulse.etl.connectors.records.Account;
import dev.pulse.etl.connectors.records.Project;
import dev.pulse.etl.platform.json.SourceJson;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The workspaces and people of an account, read whole in every run. */
final class AhaCatalogue implements WalkedStream {

  static final String LINE = "product_line";

  private final AhaList list;
  private final String name;
  private final String path;
  private final boolean required;
  private final Mapping mapping;
  private final AhaVisible visible;

  private interface Mapping {
    void map(JsonNode raw, Page.Builder page);
  }

  private AhaCatalogue(
      AhaClient client,
      String name,
      String path,
      boolean required,
      AhaVisible visible,
      Mapping mapping) {
    this.list = new AhaList(client, path);
    this.name = name;
    this.path = path;
    this.required = required;
    this.visible = visible;
    this.mapping = mapping;
  }

  static AhaCatalogue products(AhaClient client, AhaVisible visible) {
    return new AhaCatalogue(
        client,
        "products",
        "products",
        true,
        visible,
        (raw, page) -> {
          var element = element(raw, client.instance());
          boolean line = AhaJson.flag(raw, LINE);
          page.add(
              new Project(
                  element.externalId(),
                  element.name(),
                  element.label(),
                  line ? LINE : AhaJson.text(raw, "workspace_type"),
                  null,
                  false,
                  AhaJson.text(raw, "url"),
                  parent(raw)));
          page.scope(element);
        });
  }

  static AhaCatalogue users(AhaClient client) {
    return new AhaCatalogue(
        client,
        "accounts",
        "users",
        false,
        new AhaVisible(),
        (raw, page) ->
            page.add(
                new Account(
                    AhaJson.requireText(raw, "id"),
                    null,
                    AhaJson.text(raw, "name"),
                    AhaJson.text(raw, "email"),
                    "USER",
                    raw.path("enabled").asBoolean(true),
                    null)));
  }

  /** A workspace as a part of the scope; its line of products is one too. */
  static ScopeElement element(JsonNode raw, String instance) {
    return new ScopeElement(
        AhaJson.requireText(raw, "id"),
        instance,
        AhaJson.requireText(raw, "reference_prefix"),
        AhaJson.requireText(raw, "name"),
        AhaJson.flag(raw, LINE) ? Map.of(LINE, "true") : Map.of());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public PageSize pageSize() {
    return AhaRecords.PAGE_SIZE;
  }

  @Override
  public boolean incremental() {
    return false;
  }

  @Override
  public boolean required() {
    return required;
  }

  @Override
  public Page read(Request request) throws InterruptedException {
    if (request.position() == null) visible.begin();
    var read = list.read(path, Map.of(), request.position(), request.pageSize());
    var page = Page.servedAt(read.servedAt()).total(read.total());
    for (var raw : read.records()) {
      var id = raw.path("id").asString("without id");
      visible.add(id);
      page.map(this, raw, request.partition(), id);
    }
    if (read.next() != null) return page.next(read.next());
    visible.end();
    return page.last();
  }

  @Override
  public void map(JsonNode raw, Partition partition, Page.Builder page) {
    mapping.map(raw, page);
  }

  private static @Nullable String parent(JsonNode raw) {
    var parent = AhaJson.text(raw, "parent_id");
    if (parent == null) return null;
    return SourceJson.MAPPER.createObjectNode().put("parent_id", parent).toString();
  }
}
