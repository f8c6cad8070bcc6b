package dev.pulse.local.github;

/** What can go wrong with GitHub alone; each stays on until it is switched off. */
public enum GitHubFault {
  /** Too much at once: 403 with Retry-After for REST, 200 with errors for GraphQL. */
  SECONDARY_LIMIT,
  /**
   * Pages that may hold more than 10,000 nodes end in 502 with HTML, after their points were taken.
   */
  BAD_GATEWAY_ON_HEAVY_PAGES,
  /** The later half of such a page is null, with an error for each. */
  RESOURCE_LIMITS_ON_HEAVY_PAGES,
  /** The hourly allowances are gone. */
  BUDGET_GONE,
  /** The token has been revoked. */
  TOKEN_REVOKED
}
