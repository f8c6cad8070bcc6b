package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.ShortId;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.SourceFailure.RequestRefused;
import dev.pulse.etl.connectors.SourceFailure.WrongProduct;
import dev.pulse.etl.connectors.UnreadableRecord;
import dev.pulse.etl.connectors.records.LinkHint;
import dev.pulse.etl.connectors.records.WorkItem;
import dev.pulse.etl.platform.json.SourceJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the issues point to outside of Jira: remote links, and the code of the development panel.
 * Each costs a request per issue, so a connection asks for them only if a person has said so. The
 * panel is asked for only where the issue's development field says that there is something in it.
 *
 * <p>It walks the issues by itself, so that it begins at the beginning when it is switched on; its
 * name tells what is read, so that switching on the other kind begins anew.
 */
final class JiraHints extends JiraIssues {

  private static final Logger log = LoggerFactory.getLogger(JiraHints.class);

  /** Something follows the JSON in the field. */
  private static final ObjectReader TO_ITS_END =
      SourceJson.MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  static final String REMOTE_LINK = "remote_link";
  static final String DEVELOPMENT = "dev_status";
  private static final String PANEL = "/rest/dev-status/latest/issue/detail";
  private static final String REFUSED = "developmentRefused";
  private static final List<String> KINDS = List.of("pullrequest", "branch", "repository");

  private final JiraOptions options;

  JiraHints(JiraClient client, JiraFieldNames fields, JiraVisible visible, JiraOptions options) {
    super(client, fields, visible);
    this.options = options;
  }

  @Override
  public String name() {
    return options.stream();
  }

  @Override
  public PageSize pageSize() {
    return new PageSize(1, 10, 20);
  }

  @Override
  public boolean required() {
    return false;
  }

  @Override
  List<String> asked(JiraFieldNames.Names names) {
    var panel = names.development();
    return panel == null || !options.development()
        ? List.of("created", "updated")
        : List.of("created", "updated", panel);
  }

  @Override
  JsonNode whole(JsonNode issue) throws InterruptedException {
    var whole = (ObjectNode) issue.deepCopy();
    var id = issue.path("id").asString("");
    if (id.isEmpty()) return whole;
    if (options.remoteLinks()) {
      remoteLinks(id).ifPresent(links -> whole.set("remoteLinks", links));
    }
    var panel = fields.names().development();
    if (options.development() && panel != null) {
      var text = issue.path("fields").path(panel).asString("{}");
      var summary = summary(text);
      if (summary == null) whole.put("development", text);
      else development(id, summary, whole);
    }
    return whole;
  }

  /** An issue whose panel is refused costs the others nothing, and somebody hears of it. */
  private void development(String id, JsonNode summary, ObjectNode whole)
      throws InterruptedException {
    try {
      whole.set("development", details(id, summary));
    } catch (AccessDenied | RequestRefused | WrongProduct e) {
      whole.put(REFUSED, e.getMessage());
    }
  }

  /** Empty if the issue is hidden by now, or refuses them: that costs the others nothing. */
  private Optional<JsonNode> remoteLinks(String id) throws InterruptedException {
    try {
      return client
          .find("issue/" + JiraClient.encode(id) + "/remotelink", Map.of())
          .map(JiraClient.Reply::list);
    } catch (AccessDenied e) {
      log.debug("Not shown: {}", e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public void map(JsonNode raw, Partition partition, Page.Builder page) {
    var issue = JiraJson.requireText(raw, "id");
    page.seen(JiraJson.requireTime(raw.path("fields"), "updated"));
    for (var link : raw.path("remoteLinks")) page.add(remoteLink(issue, link));
    if (raw.path("development").isString()) {
      throw new UnreadableRecord("development: not the text that Jira writes there");
    }
    for (var detail : raw.path("development")) code(issue, detail, page);
    var refused = JiraJson.text(raw, REFUSED);
    if (refused != null) page.setAside(issue, refused, raw, partition);
    boolean links = !options.remoteLinks() || raw.path("remoteLinks").isArray();
    if (links && refused == null) page.complete(LinkHint.class, WorkItem.class, issue);
  }

  private static LinkHint remoteLink(String issue, JsonNode link) {
    var object = link.path("object");
    return new LinkHint(
        REMOTE_LINK + ":" + JiraJson.requireText(link, "id"),
        "work_item",
        issue,
        REMOTE_LINK,
        null,
        JiraJson.text(link, "globalId"),
        JiraJson.requireText(object, "url"),
        JiraJson.text(object, "title"),
        null);
  }

  private ArrayNode details(String id, JsonNode summary) throws InterruptedException {
    var details = SourceJson.MAPPER.createArrayNode();
    for (var kind : KINDS) {
      var applications = new ArrayList<String>();
      summary
          .path(kind)
          .path("byInstanceType")
          .propertyStream()
          .filter(each -> each.getValue().path("count").asInt(0) > 0)
          .forEach(each -> applications.add(each.getKey()));
      for (var application : applications) {
        var query =
            Map.<String, Object>of("issueId", id, "applicationType", application, "dataType", kind);
        client.get(PANEL, query).list("detail").forEach(details::add);
      }
    }
    return details;
  }

  /**
   * The field is no JSON, but holds some: what was last known of the panel.
   *
   * @return null if it cannot be read
   */
  private static @Nullable JsonNode summary(String field) {
    int at = field.indexOf("json=");
    if (at < 0) return SourceJson.MAPPER.createObjectNode();
    try {
      return TO_ITS_END.readTree(field.substring(at + 5)).path("cachedValue").path("summary");
    } catch (JacksonException e) {
      log.debug("The development field cannot be read: {}", e.getOriginalMessage());
      return null;
    }
  }

  private static void code(String issue, JsonNode detail, Page.Builder page) {
    for (var pull : detail.path("pullRequests")) {
      page.add(hint(issue, "pull_request", pull, "name", JiraJson.text(pull, "lastUpdate")));
    }
    for (var branch : detail.path("branches")) {
      page.add(hint(issue, "branch", branch, "name", null));
    }
    for (var repository : detail.path("repositories")) {
      for (var commit : repository.path("commits")) {
        page.add(hint(issue, "commit", commit, "message", null));
      }
    }
  }

  private static LinkHint hint(
      String issue, String target, JsonNode raw, String text, @Nullable String updated) {
    var url = JiraJson.requireText(raw, "url");
    return new LinkHint(
        DEVELOPMENT + ":" + issue + ":" + ShortId.of(url),
        "work_item",
        issue,
        DEVELOPMENT,
        target,
        JiraJson.text(raw, "id"),
        url,
        JiraJson.text(raw, text),
        updated == null ? null : JiraJson.time(raw, "lastUpdate"));
  }
}
