package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.connectors.WalkedStream;
import dev.pulse.etl.connectors.records.Account;
import dev.pulse.etl.connectors.records.Field;
import dev.pulse.etl.connectors.records.Project;
import dev.pulse.etl.connectors.records.WorkItemType;
import dev.pulse.etl.connectors.records.WorkStatus;
import java.util.HashMap;
import java.util.Map;
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
    /** An object with {@code values} and {@code isLast}. */
    PAGED,
    /** An array; one shorter than asked for is the last. */
    ARRAYS
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

  static JiraCatalogue projects(JiraClient client) {
    return new JiraCatalogue(
        client,
        "projects",
        "project/search",
        Form.PAGED,
        100,
        true,
        (raw, page) -> {
          page.add(
              new Project(
                  JiraJson.requireText(raw, "id"),
                  JiraJson.requireText(raw, "key"),
                  JiraJson.requireText(raw, "name"),
                  JiraJson.text(raw, "projectTypeKey"),
                  JiraJson.text(raw, "lead", "accountId"),
                  raw.path("archived").asBoolean(false),
                  JiraJson.text(raw, "self"),
                  null));
          page.scope(element(raw, client.host()));
        });
  }

  static ScopeElement element(JsonNode raw, String host) {
    return new ScopeElement(
        JiraJson.requireText(raw, "id"),
        host,
        JiraJson.requireText(raw, "key"),
        JiraJson.requireText(raw, "name"),
        Map.of());
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
                    JiraJson.requireText(raw, "id"),
                    JiraJson.requireText(raw, "name"),
                    JiraJson.text(raw, "schema", "type"),
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
                  level.isIntegralNumber()
                      ? Integer.valueOf(level.asInt())
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
        Form.ARRAYS,
        1_000,
        false,
        (raw, page) ->
            page.add(
                new Account(
                    JiraJson.requireText(raw, "accountId"),
                    null,
                    JiraJson.text(raw, "displayName"),
                    JiraJson.text(raw, "emailAddress"),
                    raw.path("accountType").asString("").equals("app") ? "APP" : "USER",
                    raw.path("active").asBoolean(true),
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
    if (form != Form.WHOLE) {
      query.put("startAt", from);
      query.put("maxResults", request.pageSize());
    }
    if (form == Form.PAGED) query.put("orderBy", "key");
    var reply = client.get(path, query);
    var values = form == Form.PAGED ? reply.json().path("values") : reply.json();
    var page = Page.servedAt(reply.servedAt());
    int at = from;
    for (var raw : values) page.map(this, raw, request.partition(), id(raw, at++));
    boolean last =
        switch (form) {
          case WHOLE -> true;
          case PAGED -> reply.json().path("isLast").asBoolean(true) || values.isEmpty();
          case ARRAYS -> values.size() < request.pageSize();
        };
    return last ? page.last() : page.next(new Position(Integer.toString(at)));
  }

  @Override
  public void map(JsonNode raw, Partition partition, Page.Builder page) {
    mapping.map(raw, page);
  }

  private static String id(JsonNode raw, int at) {
    var id = raw.path("id").asString(raw.path("accountId").asString(""));
    return id.isEmpty() ? "number " + at : id;
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
