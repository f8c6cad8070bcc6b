package dev.pulse.local.jira;

import dev.pulse.local.Exchange;
import dev.pulse.local.Exchange.Answer;
import dev.pulse.local.world.Project;
import dev.pulse.local.world.Sprints;
import dev.pulse.local.world.Version;
import dev.pulse.local.world.World;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The calls about boards, sprints and versions. */
final class AgileCalls {

  private static final String ROOT = "/rest/agile/1.0/";
  private static final Pattern SPRINTS = Pattern.compile(ROOT + "board/(\\d{1,9})/sprint");
  private static final Pattern BOARD = Pattern.compile(ROOT + "board/(\\d{1,9})");
  private static final Pattern SPRINT = Pattern.compile(ROOT + "sprint/(\\d{1,9})");
  static final Pattern VERSIONS = Pattern.compile("/rest/api/[23]/project/(\\w{1,20})/versions");
  private static final int MOST = 50;

  private final World world;

  AgileCalls(World world) {
    this.world = world;
  }

  /** What a request asks for; null = nothing that is known here. */
  static @Nullable String operation(String path) {
    if (SPRINTS.matcher(path).matches()) return "board/sprint";
    if (BOARD.matcher(path).matches()) return "board/id";
    return SPRINT.matcher(path).matches() ? "sprint/id" : null;
  }

  Answer boards(Exchange exchange) {
    var shown =
        world.projects().stream()
            .filter(
                each -> !world.visibility().hidden(each) && !world.planning().boardDeleted(each))
            .toList();
    return page(exchange, shown, this::board);
  }

  Answer board(Exchange exchange) {
    int index = Sprints.projectOf(number(BOARD, exchange));
    return absent(index)
        ? JiraApi.error(exchange, 404, "Requested board cannot be viewed.")
        : exchange.answer(200, board(world.projects().get(index)));
  }

  Answer sprint(Exchange exchange) {
    int id = number(SPRINT, exchange);
    return world.projects().stream()
        .filter(each -> !world.visibility().hidden(each))
        .flatMap(each -> world.sprints(each).stream())
        .filter(each -> each.id() == id)
        .findFirst()
        .map(each -> exchange.answer(200, sprint(each)))
        .orElseGet(() -> JiraApi.error(exchange, 404, "Sprint does not exist."));
  }

  Answer sprints(Exchange exchange) {
    int index = Sprints.projectOf(number(SPRINTS, exchange));
    if (absent(index)) return JiraApi.error(exchange, 404, "Requested board cannot be viewed.");
    var project = world.projects().get(index);
    return Sprints.type(project).equals("scrum")
        ? page(exchange, inState(exchange, world.sprints(project)), AgileCalls::sprint)
        : JiraApi.error(exchange, 400, "The board does not support sprints");
  }

  /** All of them if no state is asked for. */
  private static List<Sprints.Sprint> inState(Exchange exchange, List<Sprints.Sprint> sprints) {
    var states = exchange.query("state");
    if (states.isEmpty()) return sprints;
    var asked = List.of(states.get().split(","));
    return sprints.stream().filter(each -> asked.contains(each.state())).toList();
  }

  private boolean absent(int index) {
    if (index < 0 || index >= world.projects().size()) return true;
    var project = world.projects().get(index);
    return world.visibility().hidden(project) || world.planning().boardDeleted(project);
  }

  private static int number(Pattern pattern, Exchange exchange) {
    return Integer.parseInt(pattern.matcher(exchange.path()).replaceFirst("$1"));
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

  Answer versions(Exchange exchange) {
    var asked = VERSIONS.matcher(exchange.path()).replaceFirst("$1");
    return world.projects().stream()
        .filter(each -> !world.visibility().hidden(each))
        .filter(each -> each.key().equals(asked) || Long.toString(each.id()).equals(asked))
        .findFirst()
        .map(
            each ->
                exchange.answer(
                    200,
                    world.planning().versions(each).stream().map(AgileCalls::version).toList()))
        .orElseGet(
            () ->
                JiraApi.error(exchange, 404, "No project could be found with id '" + asked + "'."));
  }

  private static Map<String, Object> version(Version version) {
    return Map.of(
        "self", "https://acme.example/rest/api/3/version/" + version.id(),
        "id", Long.toString(version.id()),
        "name", version.name(),
        "archived", version.archived(),
        "released", version.released(),
        "releaseDate", version.releaseDate(),
        "projectId", version.project().id());
  }

  private Map<String, Object> board(Project project) {
    return Map.of(
        "id",
        Sprints.board(project),
        "self",
        "https://acme.example/rest/agile/1.0/board/" + Sprints.board(project),
        "name",
        world.planning().boardName(project),
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
