package dev.pulse.local.github;

import dev.pulse.local.github.Hub.Place;
import dev.pulse.local.world.PullRequest;
import dev.pulse.local.world.PullRequest.Comment;
import dev.pulse.local.world.Repositories;
import dev.pulse.local.world.Repository;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The REST routes that are simulated; everything else is 404, as for a token without rights. */
final class RestEndpoint {
  private final Hub hub;
  private final RestBodies bodies;
  private final RestDelivery delivery;
  private final String base;

  RestEndpoint(Hub hub, String base) {
    this.hub = hub;
    this.base = base;
    this.bodies = new RestBodies(hub, base);
    this.delivery = new RestDelivery(hub, bodies, base);
  }

  Answer answer(Ask ask) {
    List<String> path = ask.segments();
    return switch (path.getFirst()) {
      case "meta" -> Answer.ok(Map.of("verifiable_password_authentication", false));
      case "user" -> path.size() == 1 ? Answer.ok(bodies.ownProfile()) : missing();
      case "users" -> path.size() == 2 ? user(path.get(1)) : missing();
      case "orgs" -> path.size() > 1 ? organisation(ask, path) : missing();
      case "repos" -> path.size() > 2 ? named(ask, path) : missing();
      case "repositories" -> path.size() > 1 ? numbered(ask, path) : missing();
      case "organizations" -> path.size() > 1 ? organisationNumbered(ask, path) : missing();
      default -> missing();
    };
  }

  private Answer user(String login) {
    return hub.account(login)
        .map(row -> Answer.ok(bodies.profile(row)))
        .orElseGet(RestEndpoint::missing);
  }

  private Answer organisation(Ask ask, List<String> path) {
    Hub.Organisation row = hub.organisation();
    if (!path.get(1).equalsIgnoreCase(row.login())) {
      return missing();
    }
    return belowOrganisation(ask, row, path);
  }

  /** Where the links of a list lead. */
  private Answer organisationNumbered(Ask ask, List<String> path) {
    Hub.Organisation row = hub.organisation();
    return path.get(1).equals(String.valueOf(row.id()))
        ? belowOrganisation(ask, row, path)
        : missing();
  }

  private Answer belowOrganisation(Ask ask, Hub.Organisation row, List<String> path) {
    String canonical = "organizations/" + row.id() + "/";
    return switch (String.join("/", path.subList(2, path.size()))) {
      case "" -> Answer.ok(bodies.organisation(row));
      case "repos" -> Pages.cut(ask, base, canonical + "repos", sorted(ask), bodies::repository);
      case "members" -> Pages.cut(ask, base, canonical + "members", hub.members(), bodies::account);
      default -> missing();
    };
  }

  private List<Repository> sorted(Ask ask) {
    Comparator<Repository> byTime = Comparator.comparing(hub::updated);
    Comparator<Repository> order =
        switch (ask.parameters().getOrDefault("sort", "created")) {
          case "full_name" -> Comparator.comparing(Repository::fullName);
          case "pushed", "updated" -> byTime;
          default -> Comparator.comparing(Repository::created);
        };
    boolean ascending =
        ask.is("direction", "asc") || (!ask.is("direction", "desc") && ask.is("sort", "full_name"));
    return hub.repositories().stream().sorted(ascending ? order : order.reversed()).toList();
  }

  private Answer named(Ask ask, List<String> path) {
    var found = hub.repositoryNamed(path.get(1), path.get(2));
    if (found.isEmpty()) {
      return missing();
    }
    Repository row = found.get();
    List<String> rest = path.subList(3, path.size());
    boolean here = row.fullName().equalsIgnoreCase(path.get(1) + "/" + path.get(2));
    return here ? below(ask, row, rest) : moved(row, rest);
  }

  /** A repository that was renamed or given away is found by its number from now on. */
  private Answer moved(Repository row, List<String> rest) {
    String to =
        base
            + "/repositories/"
            + row.databaseId()
            + (rest.isEmpty() ? "" : "/" + String.join("/", rest));
    var body =
        Map.of(
            "message", "Moved Permanently", "url", to, "documentation_url", Answer.DOCUMENTATION);
    return new Answer(301, Map.of("Location", to), body);
  }

  private Answer numbered(Ask ask, List<String> path) {
    if (!path.get(1).matches("\\d{1,18}")) {
      return missing();
    }
    return hub.repository(Long.parseLong(path.get(1)))
        .map(row -> below(ask, row, path.subList(2, path.size())))
        .orElseGet(RestEndpoint::missing);
  }

  private Answer below(Ask ask, Repository row, List<String> rest) {
    var block = hub.blockOf(row);
    if (block != null) return blocked(block);
    if (rest.size() == 2 && rest.getFirst().equals("compare")) {
      return compare(ask, row, rest.getLast());
    }
    if (!rest.isEmpty() && RestDelivery.holds(rest)) return delivery.answer(ask, row, rest);
    return switch (String.join("/", rest)) {
      case "" -> Answer.ok(bodies.repository(row));
      case "pulls/comments" -> comments(ask, row, true);
      case "issues/comments" -> comments(ask, row, false);
      default -> missing();
    };
  }

  private static Answer blocked(Repositories.Block block) {
    var body =
        Map.of(
            "message",
            "Repository access blocked",
            "block",
            Map.of(
                "reason", block.reason(),
                "created_at", Scalars.time(block.since()),
                "html_url", "https://github.com/" + block.reason()));
    return new Answer(block.reason().equals("dmca") ? 451 : 403, Map.of(), body);
  }

  /** Commits that the second of two has and the first has not. */
  private Answer compare(Ask ask, Repository row, String ends) {
    String[] both = ends.split("\\.\\.\\.", -1);
    if (both.length != 2) return missing();
    String canonical = "repositories/%d/compare/%s".formatted(row.databaseId(), ends);
    return hub.ahead(row, both[0], both[1])
        .map(
            commits -> {
              Answer page =
                  Pages.cut(ask, base, canonical, commits, each -> bodies.commit(row, each));
              return new Answer(
                  200, page.headers(), bodies.comparison(row, ends, commits, page.body()));
            })
        .orElseGet(RestEndpoint::missing);
  }

  private record Said(Comment comment, Supplier<?> body) {}

  private Answer comments(Ask ask, Repository row, boolean onCode) {
    boolean byUpdate = ask.is("sort", "updated");
    List<Said> all = new ArrayList<>(said(row, ask.since().orElse(Instant.EPOCH), onCode));
    Comparator<Said> order =
        byUpdate
            ? Comparator.comparing((Said said) -> said.comment().updated())
            : Comparator.comparing((Said said) -> said.comment().created());
    order = order.thenComparingLong(said -> said.comment().databaseId());
    all.sort(byUpdate && !ask.is("direction", "asc") ? order.reversed() : order);
    String canonical =
        "repositories/%d/%s/comments".formatted(row.databaseId(), onCode ? "pulls" : "issues");
    return Pages.cut(ask, base, canonical, all, said -> said.body().get());
  }

  private List<Said> said(Repository row, Instant since, boolean onCode) {
    List<Integer> pulls = hub.comments(row, since).stream().map(Place::index).distinct().toList();
    List<Said> all = new ArrayList<>();
    for (int index : pulls) {
      PullRequest pull = hub.pull(index);
      for (Comment comment : onCode ? PullFields.onCode(pull) : PullFields.onTheWhole(pull)) {
        if (!comment.updated().isBefore(since)) {
          all.add(
              new Said(
                  comment,
                  () ->
                      onCode
                          ? bodies.reviewComment(pull, comment)
                          : bodies.issueComment(pull, comment)));
        }
      }
    }
    if (onCode) return all;
    for (IssuePages.Said said : new IssuePages(hub).said(row, since)) {
      all.add(new Said(said.comment(), () -> bodies.issueComment(said.issue(), said.comment())));
    }
    return all;
  }

  private static Answer missing() {
    return Answer.error(404, "Not Found");
  }
}
