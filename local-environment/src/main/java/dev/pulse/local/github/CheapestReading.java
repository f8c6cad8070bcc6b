package dev.pulse.local.github;

import dev.pulse.local.FewestRequests;
import dev.pulse.local.world.PullRequest;
import dev.pulse.local.world.World;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * How few requests could read an organisation once: lists of a hundred of each repository, pull
 * requests with the first hundred of each of their lists, and of longer ones the rest, a hundred
 * pull requests at once.
 *
 * @see <a
 *     href="https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api">Largest
 *     pages</a>
 */
final class CheapestReading {

  private static final int PAGE = 100;

  private CheapestReading() {}

  /** What the pull requests of a repository take; {@code rest[n]} = so many have a page n + 2. */
  private record Sum(long pulls, long onCode, long onTheWhole, long[] rest) {

    static final int MOST_PAGES = 100;

    static Sum nothing() {
      return new Sum(0, 0, 0, new long[MOST_PAGES]);
    }

    Sum and(Sum other) {
      var both = rest.clone();
      for (int n = 0; n < MOST_PAGES; n++) both[n] += other.rest[n];
      return new Sum(
          pulls + other.pulls, onCode + other.onCode, onTheWhole + other.onTheWhole, both);
    }

    Sum and(PullRequest pull) {
      long longest =
          LongStream.of(pull.commits().size(), pull.reviews().size(), pull.events().size())
              .max()
              .orElse(0);
      var both = rest.clone();
      for (int n = 0; n + 1 < FewestRequests.pages(longest, PAGE) && n < MOST_PAGES; n++) both[n]++;
      return new Sum(
          pulls + 1,
          onCode + PullFields.onCode(pull).size(),
          onTheWhole + PullFields.onTheWhole(pull).size(),
          both);
    }
  }

  static Map<String, Long> of(World world) {
    int repositories = world.repositories().size();
    var sums =
        IntStream.range(0, repositories)
            .parallel()
            .mapToObj(
                repository ->
                    IntStream.iterate(repository, i -> i < world.pullCount(), i -> i + repositories)
                        .mapToObj(world::pull)
                        .reduce(Sum.nothing(), Sum::and, Sum::and))
            .toList();
    var all = sums.stream().reduce(Sum.nothing(), Sum::and);
    return new FewestRequests()
        .of("organization", 1)
        .list("repositories", repositories, PAGE)
        .list("accounts", world.people().size(), PAGE)
        .lists("pull_requests", sums.stream().mapToLong(Sum::pulls), PAGE)
        .lists("pull_request_children", LongStream.of(all.rest), PAGE)
        .lists("review_comments", sums.stream().mapToLong(Sum::onCode), PAGE)
        .lists("issue_comments", sums.stream().mapToLong(Sum::onTheWhole), PAGE)
        .lists(
            "commits",
            world.repositories().stream().mapToLong(each -> world.histories().of(each).size()),
            PAGE)
        .lists(
            "releases",
            world.repositories().stream().mapToLong(each -> world.releases().of(each).size()),
            PAGE)
        .byStream();
  }
}
