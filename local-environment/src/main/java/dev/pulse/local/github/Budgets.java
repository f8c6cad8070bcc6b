package dev.pulse.local.github;

import java.time.Instant;
import java.util.Map;

/** The two separate allowances of one token. */
record Budgets(Budget core, Budget graphQl) {

  static Budgets of(GitHubSettings settings) {
    return new Budgets(
        new Budget("core", settings.restPerHour()),
        new Budget("graphql", settings.pointsPerHour()));
  }

  void exhaust(Instant now) {
    core.exhaust(now);
    graphQl.exhaust(now);
  }

  /** What GET /rate_limit shows. */
  Map<String, Object> body(Instant now) {
    Map<String, Object> core = shown(core().standing(now));
    Map<String, Object> search =
        Map.of("limit", 30, "used", 0, "remaining", 30, "reset", now.getEpochSecond() + 60);
    return Map.of(
        "resources",
        Map.of("core", core, "graphql", shown(graphQl.standing(now)), "search", search),
        "rate",
        core);
  }

  /** The answer with the headers that tell how one allowance stands. */
  Answer told(Answer answer, Budget budget, Instant now) {
    return withStanding(answer, budget.standing(now));
  }

  static Answer withStanding(Answer answer, Budget.Standing standing) {
    return answer
        .with("X-RateLimit-Limit", String.valueOf(standing.limit()))
        .with("X-RateLimit-Remaining", String.valueOf(standing.remaining()))
        .with("X-RateLimit-Used", String.valueOf(standing.used()))
        .with("X-RateLimit-Reset", String.valueOf(standing.resetsAt().getEpochSecond()))
        .with("X-RateLimit-Resource", standing.resource());
  }

  private static Map<String, Object> shown(Budget.Standing standing) {
    return Map.of(
        "limit", standing.limit(),
        "used", standing.used(),
        "remaining", standing.remaining(),
        "reset", standing.resetsAt().getEpochSecond());
  }
}
