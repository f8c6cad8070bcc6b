package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.WalkedStream;
import dev.pulse.etl.connectors.records.Account;
import dev.pulse.etl.connectors.records.Field;
import dev.pulse.etl.connectors.records.WorkItemType;
import dev.pulse.etl.connectors.records.WorkStatus;
import java.util.HashMap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The small lists of a site. They have no filter by time, so each run reads them whole. */
final class JiraCatalogue implements WalkedStream {

  private final JiraClient client;
  private final String name;
  private final String path;
  private final Form form;
  private final PageSize pageSize;
  private final boolean required;
  private final Mapping mapping;

  private interface Mapping {
    void map(JsonNode raw, Page.Builder page);
  }

  /** How a list comes. */
  private enum Form {
    WHOLE,
    /** Page by page until one is empty: a short page may only hide some of its people. */
    PAGED
  }

  private JiraCatalogue(
      JiraClient client,
      String name,
      String path,
      Form form,
      int pageSize,
      boolean required,
      Mapping mapping) {
    this.client = client;
    this.name = name;
    this.path = path;
    this.form = form;
    this.pageSize = PageSize.fixed(pageSize);
    this.required = required;
    this.mapping = mapping;
  }

  static JiraCatalogue fields(JiraClient client) {
    return new JiraCatalogue(
        client,
        "fields",
        "field",
        Form.WHOLE,
        1,
        true,
        (raw, page) ->
            page.add(
                new Field(
                    JiraJson.requireText(raw, "id"),
                    Objects.requireNonNullElse(
                        JiraJson.text(raw, "key"), JiraJson.requireText(raw, "id")),
                    JiraJson.requireText(raw, "name"),
                    type(raw.path("schema")),
                    raw.path("custom").asBoolean(false))));
  }

  static JiraCatalogue types(JiraClient client) {
    return new JiraCatalogue(
        client,
        "work_item_types",
        "issuetype",
        Form.WHOLE,
        1,
        true,
        (raw, page) -> {
          var level = raw.path("hierarchyLevel");
          page.add(
              new WorkItemType(
                  JiraJson.requireText(raw, "id"),
                  JiraJson.requireText(raw, "name"),
                  level.canConvertToInt()
                      ? Integer.valueOf(level.intValue())
                      : raw.path("subtask").asBoolean(false) ? Integer.valueOf(-1) : null,
                  JiraJson.text(raw.path("scope"), "project", "id")));
        });
  }

  static JiraCatalogue statuses(JiraClient client) {
    return new JiraCatalogue(
        client,
        "work_statuses",
        "status",
        Form.WHOLE,
        1,
        true,
        (raw, page) ->
            page.add(
                new WorkStatus(
                    JiraJson.requireText(raw, "id"),
                    JiraJson.requireText(raw, "name"),
                    category(raw.path("statusCategory").path("key").asString("")),
                    JiraJson.text(raw.path("scope"), "project", "id"))));
  }

  static JiraCatalogue users(JiraClient client) {
    return new JiraCatalogue(
        client,
        "accounts",
        "users/search",
        Form.PAGED,
        1_000,
        false,
        (raw, page) ->
            page.add(
                new Account(
                    requirePerson(raw),
                    JiraJson.login(raw),
                    JiraJson.text(raw, "displayName"),
                    JiraJson.text(raw, "emailAddress"),
                    JiraJson.kind(raw),
                    JiraJson.flag(raw, "active"),
                    null)));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public PageSize pageSize() {
    return pageSize;
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
    int from = request.position() == null ? 0 : Integer.parseInt(request.position().value());
    var query = new HashMap<String, Object>();
    if (form == Form.PAGED) {
      query.put("startAt", from);
      query.put("maxResults", request.pageSize());
    }
    var reply = client.get(path, query);
    var page = Page.servedAt(reply.servedAt());
    int at = from;
    for (var raw : reply.list()) page.map(this, raw, request.partition(), id(raw, at++));
    return form == Form.WHOLE || at == from
        ? page.last()
        : page.next(new Position(Integer.toString(at)));
  }

  @Override
  public void map(JsonNode raw, Partition partition, Page.Builder page) {
    mapping.map(raw, page);
  }

  private static String requirePerson(JsonNode raw) {
    var id = JiraJson.person(raw);
    return id == null ? JiraJson.requireText(raw, "accountId") : id;
  }

  private static String id(JsonNode raw, int at) {
    var person = JiraJson.person(raw);
    var id = raw.path("id").asString("");
    if (!id.isEmpty()) return id;
    return person == null ? "number " + at : person;
  }

  private static @Nullable String type(JsonNode schema) {
    var items = JiraJson.text(schema, "items");
    var type = JiraJson.text(schema, "type");
    return items == null ? type : type + ":" + items;
  }

  private static @Nullable String category(String key) {
    return switch (key) {
      case "new" -> "TODO";
      case "indeterminate" -> "IN_PROGRESS";
      case "done" -> "DONE";
      default -> null;
    };
  }
}
