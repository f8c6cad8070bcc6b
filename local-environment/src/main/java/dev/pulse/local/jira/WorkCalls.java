package dev.pulse.local.jira;

import dev.pulse.local.Exchange;
import dev.pulse.local.Exchange.Answer;
import dev.pulse.local.world.Order;
import dev.pulse.local.world.Work;
import dev.pulse.local.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import tools.jackson.core.JsonGenerator;

/** The calls about work that was logged. */
final class WorkCalls {

  private static final int PAGE = 1_000;

  private final World world;
  private volatile Duration silence = Duration.ofMinutes(1);
  private volatile int page = PAGE;

  WorkCalls(World world) {
    this.world = world;
  }

  /** What is younger is not told yet: a minute. */
  void silence(Duration span) {
    silence = span;
  }

  /** How many changes a page tells: a thousand. */
  void pageSize(int changes) {
    page = changes;
  }

  Answer updated(Exchange exchange) {
    return told(exchange, "updated", world.work().changes());
  }

  Answer deleted(Exchange exchange) {
    return told(exchange, "deleted", world.work().deletions());
  }

  /** Entries by id; those absent or hidden are left out. */
  Answer named(Exchange exchange) {
    var ids = exchange.json().path("ids");
    if (ids.size() > PAGE) throw new Jql.Refused("Too many worklogs: the limit is " + PAGE + ".");
    var found = new ArrayList<Work.Entry>();
    for (var id : ids) {
      int index = world.work().issueOf(id.asLong(-1));
      if (index < 0 || world.deleted(index)) continue;
      var issue = world.issue(index);
      if (world.visibility().hidden(issue.project())) continue;
      world.work().on(issue).stream().filter(e -> e.id() == id.asLong(-1)).forEach(found::add);
    }
    return JiraApi.json(
        out -> {
          out.writeStartArray();
          found.forEach(each -> entry(JiraApi.writer(), out, each));
          out.writeEndArray();
        });
  }

  /** The members of a page of what is logged on an issue. */
  static void page(JiraJson writer, JsonGenerator json, List<Work.Entry> all, int from, int count) {
    json.writeNumberProperty("startAt", from);
    json.writeNumberProperty("maxResults", count);
    json.writeNumberProperty("total", all.size());
    json.writeArrayPropertyStart("worklogs");
    all.subList(Math.min(from, all.size()), Math.min(from + count, all.size()))
        .forEach(each -> entry(writer, json, each));
    json.writeEndArray();
  }

  private static void entry(JiraJson writer, JsonGenerator json, Work.Entry entry) {
    var issue = Long.toString(10_000L + entry.issue());
    json.writeStartObject();
    json.writeStringProperty("self", writer.address("issue/" + issue + "/worklog/" + entry.id()));
    json.writeName("author");
    writer.user(json, entry.author());
    json.writeName("updateAuthor");
    writer.user(json, entry.author());
    json.writeName("comment");
    JiraJson.document(json, entry.comment());
    json.writeStringProperty("created", JiraJson.time(entry.created()));
    json.writeStringProperty("updated", JiraJson.time(entry.updated()));
    json.writeStringProperty("started", JiraJson.time(entry.started()));
    json.writeStringProperty("timeSpent", entry.seconds() / 60 + "m");
    json.writeNumberProperty("timeSpentSeconds", entry.seconds());
    json.writeStringProperty("id", Long.toString(entry.id()));
    json.writeStringProperty("issueId", issue);
    json.writeEndObject();
  }

  /** Changes at or after a time, the oldest first, up to a minute ago. */
  private Answer told(Exchange exchange, String what, NavigableMap<Order, Integer> changes) {
    long since = Long.parseLong(exchange.query("since").orElse("0"));
    var end = new Order(world.now().minus(silence), Long.MAX_VALUE);
    var begin = new Order(Instant.ofEpochMilli(since), -1);
    var all =
        begin.compareTo(end) < 0
            ? List.copyOf(changes.subMap(begin, end).keySet())
            : List.<Order>of();
    var shown = all.subList(0, Math.min(page, all.size()));
    long until = shown.isEmpty() ? since : shown.getLast().at().toEpochMilli();
    var body = new LinkedHashMap<String, Object>();
    body.put("values", shown.stream().map(WorkCalls::change).toList());
    body.put("since", since);
    body.put("until", until);
    body.put("self", JiraApi.writer().address("worklog/" + what + "?since=" + since));
    if (shown.size() < all.size())
      body.put("nextPage", JiraApi.writer().address("worklog/" + what + "?since=" + until));
    body.put("lastPage", shown.size() == all.size());
    return exchange.answer(200, body);
  }

  private static Map<String, Object> change(Order at) {
    return Map.of(
        "worklogId", at.id(), "updatedTime", at.at().toEpochMilli(), "properties", List.of());
  }
}
