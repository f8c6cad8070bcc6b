package dev.pulse.local.jira;

import dev.pulse.local.Exchange;
import dev.pulse.local.Exchange.Answer;
import dev.pulse.local.world.Project;
import dev.pulse.local.world.Sprints;
import dev.pulse.local.world.World;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The calls about boards and sprints. */
final class AgileCalls {

  static final Pattern SPRINTS = Pattern.compile("/rest/agile/1.0/board/(\\d{1,9})/sprint");
  private static final int MOST = 50;

  private final World world;

  AgileCalls(World world) {
    this.world = world;
  }

  Answer boards(Exchange exchange) {
    var shown = world.projects().stream().filter(each -> !world.hidden(each)).toList();
    return page(exchange, shown, AgileCalls::board);
  }

  Answer sprints(Exchange exchange) {
    var matcher = SPRINTS.matcher(exchange.path());
    if (!matcher.matches()) return JiraApi.error(exchange, 404, "No such board.");
    int index = Integer.parseInt(matcher.group(1)) - 300;
    if (index < 0 || index >= world.projects().size() || hidden(index))
      return JiraApi.error(exchange, 404, "Requested board cannot be viewed.");
    var project = world.projects().get(index);
    return Sprints.type(project).equals("scrum")
        ? page(exchange, world.sprints(project), AgileCalls::sprint)
        : JiraApi.error(exchange, 400, "The board does not support sprints");
  }

  private boolean hidden(int index) {
    return world.hidden(world.projects().get(index));
  }

  private static <T> Answer page(
      Exchange exchange, List<T> all, Function<T, Map<String, Object>> body) {
    int from = exchange.query("startAt", 0);
    int limit = Math.clamp(exchange.query("maxResults", MOST), 1, MOST);
    int to = Math.min(all.size(), from + limit);
    return exchange.answer(
        200,
        Map.of(
            "maxResults",
            limit,
            "startAt",
            from,
            "total",
            all.size(),
            "isLast",
            to == all.size(),
            "values",
            all.subList(Math.min(from, to), to).stream().map(body).toList()));
  }

  private static Map<String, Object> board(Project project) {
    return Map.of(
        "id",
        Sprints.board(project),
        "self",
        "https://acme.example/rest/agile/1.0/board/" + Sprints.board(project),
        "name",
        project.key() + " board",
        "type",
        Sprints.type(project),
        "location",
        Map.of("projectId", project.id(), "projectKey", project.key()));
  }

  private static Map<String, Object> sprint(Sprints.Sprint sprint) {
    var body = new LinkedHashMap<String, Object>();
    body.put("id", sprint.id());
    body.put("self", "https://acme.example/rest/agile/1.0/sprint/" + sprint.id());
    body.put("state", sprint.state());
    body.put("name", sprint.name());
    put(body, "startDate", sprint.startsAt());
    put(body, "endDate", sprint.endsAt());
    put(body, "completeDate", sprint.completedAt());
    body.put("originBoardId", sprint.boardId());
    body.put("goal", "");
    return body;
  }

  private static void put(Map<String, Object> body, String name, @Nullable Instant time) {
    if (time != null) body.put(name, time.toString());
  }
}
