package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Page.OwedWork;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.WalkedStream;
import dev.pulse.etl.connectors.records.Build;
import dev.pulse.etl.platform.json.SourceJson;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The runs of workflows, by the time of their creation. A run changes later: until it is finished,
 * which {@link GitHubOpenRuns} sees to, and when somebody runs it again, which GitHub allows for 30
 * days. Runs of the last day are read again by every walk, those of the last month once a day.
 *
 * <p>Each run owes its jobs and its earlier attempts when it has changed.
 */
final class GitHubRuns implements WalkedStream {

  static final String NAME = "workflow_runs";

  static final Duration AT_LEAST_EVERY = Duration.ofHours(6);

  /**
   * For 30 days a run may be run again. A walk that is due waits for the next one that is planned,
   * which together makes a day.
   */
  static final List<GitHubLookBack.Tier> LOOK_BACK =
      List.of(new GitHubLookBack.Tier(Duration.ofHours(18), Duration.ofDays(31)));

  private static final Duration OVERLAP = Duration.ofDays(1);

  private final GitHubClient client;
  private final GitHubLookBack lookBack;

  GitHubRuns(GitHubClient client, GitHubLookBack lookBack) {
    this.client = client;
    this.lookBack = lookBack;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public PageSize pageSize() {
    return new PageSize(10, 100, 100);
  }

  @Override
  public Duration overlap() {
    return OVERLAP;
  }

  @Override
  public boolean required() {
    return false;
  }

  @Override
  public List<PlannedWalk> plan(Planning planning) throws InterruptedException {
    return lookBack.plan(planning);
  }

  @Override
  public Page read(Request request) throws InterruptedException {
    var position = request.position();
    var window =
        position == null
            ? GitHubRunWindow.down(lookBack.floor(request))
            : GitHubRunWindow.of(position);
    int size = request.pageSize();
    var reply =
        client.get(
            NAME,
            "repos/%s/actions/runs?exclude_pull_requests=true&created=%s&per_page=%d&page=%d"
                .formatted(request.partition().label(), window.filter(), size, window.page(size)));
    var runs = reply.json().path("workflow_runs");
    var count = reply.json().path("total_count");
    if (!runs.isArray() || !count.isIntegralNumber()) {
      throw new SourceUnavailable(NAME + " answered no list of runs", null);
    }
    long total = count.asLong();
    var page = Page.servedAt(reply.servedAt());
    if (window.firstLook()) page.total(total);
    for (var run : runs) {
      page.map(this, run, request.partition(), run.path("id").asString("without id"));
      GitHubOpenRuns.owe(run, request.partition(), reply.servedAt(), page);
    }
    if (window.hides(total)) report(window, total, page);
    var next = window.next(total, runs.size(), reply.more(), size, reply.servedAt());
    return next == null ? page.last() : page.next(next.position());
  }

  private static void report(GitHubRunWindow window, long total, Page.Builder page) {
    var kept = SourceJson.MAPPER.createObjectNode();
    kept.put("from", window.from().toString()).put("total", total);
    page.setAside(
        "runs created at " + window.from(),
        "GitHub shows %d of the %d runs that were created within a second; the others cannot be read"
            .formatted(GitHubRunWindow.MOST, total),
        kept);
  }

  @Override
  public void map(JsonNode raw, Partition repository, Page.Builder page) {
    changed(raw, repository, page);
  }

  /** The latest attempt of a run; jobs and earlier attempts are owed if it is not as stored. */
  static void changed(JsonNode raw, Partition repository, Page.Builder page) {
    GitHubBuildMapper.run(raw, repository, page);
    page.owe(
        new OwedWork(
            GitHubJobs.NAME,
            Build.class,
            GitHubJson.requireText(raw, "id"),
            repository,
            String.valueOf(GitHubBuildMapper.attempt(raw)),
            true));
  }
}
