package dev.pulse.local.jira;

import dev.pulse.local.Exchange;
import dev.pulse.local.Exchange.Answer;
import dev.pulse.local.faults.Fault.Kind;
import dev.pulse.local.faults.Faults;
import dev.pulse.local.world.Issue;
import dev.pulse.local.world.Order;
import dev.pulse.local.world.World;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The calls about issues: searches, histories and comments. */
final class IssueCalls {

  static final Pattern ISSUE_PART =
      Pattern.compile(
          "/rest/api/[23]/issue/(\\w+-?\\d+|\\d+)/(changelog|comment|worklog|remotelink)");
  private static final int IDS_PAGE = 5_000;
  private static final int FIELDS_PAGE = 100;
  private static final int NAMED_PAGE = 100;

  private final World world;
  private final Faults faults;
  private final IssueSearch search;

  IssueCalls(World world, Faults faults) {
    this.world = world;
    this.faults = faults;
    this.search = new IssueSearch(world);
  }

  IssueSearch index() {
    return search;
  }

  Answer search(Exchange exchange, String operation) {
    var body = exchange.method().equals("POST") ? exchange.json() : null;
    var sent = exchange.uri() + " " + new String(exchange.body(), StandardCharsets.UTF_8);
    var jql = jql(text(exchange, body, "jql"));
    if (!jql.bounded()) {
      throw new Jql.Refused(
          "Unbounded JQL queries are not allowed here. Please add a search restriction to your"
              + " query.");
    }
    var fields = fields(exchange, body);
    boolean idsOnly = Set.of("id", "key").containsAll(fields);
    int asked = body == null ? exchange.query("maxResults", 50) : body.path("maxResults").asInt(50);
    int limit = Math.clamp(asked, 1, idsOnly ? IDS_PAGE : FIELDS_PAGE);
    var token = text(exchange, body, "nextPageToken");
    if (!token.isEmpty() && strikes(operation, sent, Kind.EXPIRED_TOKEN))
      return JiraApi.error(exchange, 400, "The provided next page token is invalid or expired.");
    var found = search.find(jql, token.isEmpty() ? null : after(token), limit);
    var issues = new ArrayList<>(found.issues());
    if (!issues.isEmpty() && strikes(operation, sent, Kind.DUPLICATES))
      issues.add(issues.getFirst());
    if (strikes(operation, sent, Kind.REORDERED)) Collections.reverse(issues);
    boolean spoil = strikes(operation, sent, Kind.UNREADABLE) && !issues.isEmpty();
    int spoiled = spoil ? issues.getFirst().index() : -1;
    return JiraApi.json(
        out -> {
          out.writeStartObject();
          out.writeArrayPropertyStart("issues");
          for (var issue : issues)
            JiraApi.writer().issue(out, issue, world, fields, issue.index() == spoiled);
          out.writeEndArray();
          out.writeBooleanProperty("isLast", found.next() == null);
          if (found.next() != null) out.writeStringProperty("nextPageToken", token(found.next()));
          out.writeEndObject();
        });
  }

  /**
   * Issues by id or key; those absent or hidden are errors beside them, and Jira tells not which.
   */
  Answer named(Exchange exchange) {
    var body = exchange.json();
    if (body.path("issueIdsOrKeys").size() > NAMED_PAGE)
      throw new Jql.Refused("Too many issues: the limit is " + NAMED_PAGE + ".");
    var fields = fields(exchange, body);
    var shown = new ArrayList<Issue>();
    var missing = new ArrayList<String>();
    for (var each : body.path("issueIdsOrKeys")) {
      var issue = find(each.asString());
      if (issue == null) missing.add(each.asString());
      else shown.add(issue);
    }
    return JiraApi.json(
        out -> {
          out.writeStartObject();
          out.writeArrayPropertyStart("issues");
          for (var issue : shown) JiraApi.writer().issue(out, issue, world, fields, false);
          out.writeEndArray();
          out.writeArrayPropertyStart("issueErrors");
          for (var name : missing) {
            out.writeStartObject();
            out.writeStringProperty("id", name);
            out.writeStringProperty(
                "errorMessage", "Issue does not exist or you do not have permission to see it.");
            out.writeEndObject();
          }
          out.writeEndArray();
          out.writeEndObject();
        });
  }

  Answer count(Exchange exchange) {
    var jql = jql(exchange.json().path("jql").asString(""));
    return exchange.answer(200, Map.of("count", search.count(jql)));
  }

  Answer histories(Exchange exchange) {
    var body = exchange.json();
    var issues = new ArrayList<Issue>();
    for (var each : body.path("issueIdsOrKeys")) {
      var issue = find(each.asString());
      if (issue != null) issues.add(issue);
    }
    if (body.path("issueIdsOrKeys").size() > 1_000)
      throw new Jql.Refused("Too many issues: the limit is 1000.");
    if (body.path("fieldIds").size() > 10)
      throw new Jql.Refused("Too many fields: the limit is 10.");
    int limit = Math.clamp(body.path("maxResults").asInt(1_000), 1, 10_000);
    int from =
        (int) after(body.path("nextPageToken").asString(token(new Order(Instant.EPOCH, 0)))).id();
    var wanted = new LinkedHashSet<String>();
    for (var each : body.path("fieldIds")) wanted.add(each.asString());
    record Entry(Issue issue, Issue.Change change) {}
    var entries =
        issues.stream()
            .flatMap(
                issue ->
                    issue.changes().stream().map(change -> new Entry(issue, only(change, wanted))))
            .filter(entry -> !entry.change.items().isEmpty())
            .sorted(
                Comparator.comparing((Entry each) -> each.change.at())
                    .thenComparingLong(each -> each.issue.id()))
            .toList();
    int to = Math.min(entries.size(), from + limit);
    var shown = new LinkedHashMap<Issue, List<Issue.Change>>();
    for (var each : entries.subList(Math.min(from, to), to)) {
      shown.computeIfAbsent(each.issue, issue -> new ArrayList<>()).add(each.change);
    }
    return JiraApi.json(
        out -> {
          out.writeStartObject();
          out.writeArrayPropertyStart("issueChangeLogs");
          shown.forEach(
              (issue, changes) -> {
                out.writeStartObject();
                out.writeStringProperty("issueId", Long.toString(issue.id()));
                out.writeArrayPropertyStart("changeHistories");
                changes.forEach(change -> JiraApi.writer().history(out, change, true));
                out.writeEndArray();
                out.writeEndObject();
              });
          out.writeEndArray();
          if (to < entries.size())
            out.writeStringProperty("nextPageToken", token(new Order(Instant.EPOCH, to)));
          out.writeEndObject();
        });
  }

  Answer part(Exchange exchange) {
    Matcher matcher = ISSUE_PART.matcher(exchange.path());
    var issue = matcher.matches() ? find(matcher.group(1)) : null;
    if (issue == null)
      return JiraApi.error(
          exchange, 404, "Issue does not exist or you do not have permission to see it.");
    if (matcher.group(2).equals("remotelink")) return PointerCalls.remoteLinks(exchange, issue);
    int from = exchange.query("startAt", 0);
    boolean worklog = matcher.group(2).equals("worklog");
    int most = worklog ? 5_000 : 100;
    int limit = Math.clamp(exchange.query("maxResults", most), 1, most);
    if (worklog) {
      return JiraApi.json(
          out -> {
            out.writeStartObject();
            WorkCalls.page(JiraApi.writer(), out, world.work().on(issue), from, limit);
            out.writeEndObject();
          });
    }
    if (matcher.group(2).equals("comment")) {
      return JiraApi.json(
          out -> {
            out.writeStartObject();
            JiraApi.writer().comments(out, issue, from, limit);
            out.writeEndObject();
          });
    }
    int to = Math.min(issue.changes().size(), from + limit);
    return JiraApi.json(
        out -> {
          out.writeStartObject();
          out.writeNumberProperty("startAt", from);
          out.writeNumberProperty("maxResults", limit);
          out.writeNumberProperty("total", issue.changes().size());
          out.writeBooleanProperty("isLast", to == issue.changes().size());
          out.writeArrayPropertyStart("values");
          issue
              .changes()
              .subList(Math.min(from, to), to)
              .forEach(change -> JiraApi.writer().history(out, change, false));
          out.writeEndArray();
          out.writeEndObject();
        });
  }

  Answer panel(Exchange exchange) {
    return PointerCalls.panel(exchange, find(exchange.query("issueId").orElse("")));
  }

  /** A change with the fields asked for alone; none = all. */
  private static Issue.Change only(Issue.Change change, Set<String> fields) {
    if (fields.isEmpty()) return change;
    var items = change.items().stream().filter(each -> fields.contains(each.fieldId())).toList();
    return new Issue.Change(change.id(), change.author(), change.at(), items);
  }

  @Nullable Issue find(String idOrKey) {
    int index;
    if (idOrKey.matches("\\d{1,9}")) {
      index = Integer.parseInt(idOrKey) - 10_000;
    } else {
      var parts = idOrKey.split("-", 2);
      var project =
          world.projects().stream().filter(each -> each.key().equals(parts[0])).findFirst();
      if (project.isEmpty() || parts.length < 2 || !parts[1].matches("\\d{1,9}")) return null;
      index = world.moves().issueOf(project.get(), Integer.parseInt(parts[1]));
    }
    if (index < 0 || index >= world.issueCount() || world.deleted(index)) return null;
    var issue = world.issue(index);
    return world.visibility().hidden(issue.project()) ? null : issue;
  }

  private static Jql jql(String text) {
    return Jql.parse(text, JiraJson.ZONE);
  }

  private boolean strikes(String operation, String text, Kind kind) {
    return faults.strike("jira", operation, text, kind).isPresent();
  }

  /** Only the id if nothing is asked for. */
  private static Set<String> fields(Exchange exchange, @Nullable JsonNode body) {
    var fields = new LinkedHashSet<String>();
    if (body == null) {
      for (var field : exchange.query("fields").orElse("").split(",")) fields.add(field.strip());
    } else {
      for (var field : body.path("fields")) fields.add(field.asString());
    }
    fields.remove("");
    return fields.isEmpty() ? Set.of("id") : fields;
  }

  private static String text(Exchange exchange, @Nullable JsonNode body, String name) {
    return body == null ? exchange.query(name).orElse("") : body.path(name).asString("");
  }

  private static String token(Order order) {
    var text = order.at().toEpochMilli() + ":" + order.id();
    return Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Order after(String token) {
    try {
      var parts =
          new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).split(":");
      return new Order(Instant.ofEpochMilli(Long.parseLong(parts[0])), Long.parseLong(parts[1]));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw new Jql.Refused("The provided next page token is invalid or expired.");
    }
  }
}
