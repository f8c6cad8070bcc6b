package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.OwedStream;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Page.OwedWork;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.records.Build;
import dev.pulse.etl.platform.json.SourceJson;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The jobs of a run, of all its attempts, and the attempts before the latest: one request for the
 * jobs of a run, and one for each earlier attempt.
 *
 * <p>GraphQL would tell the jobs of a hundred runs at once, as check runs of their check suites.
 * But it tells of the latest attempt only, holds check runs that are no jobs, since whatever a
 * workflow reports itself is put into the suite of some workflow, and is closed to fine-grained
 * tokens.
 */
final class GitHubJobs implements OwedStream {

  static final String NAME = "workflow_jobs";
  private static final int AT_ONCE = 100;

  private final GitHubClient client;
  private final GitHubHiddenRuns hidden;

  GitHubJobs(GitHubClient client, GitHubHiddenRuns hidden) {
    this.client = client;
    this.hidden = hidden;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public PageSize pageSize() {
    return new PageSize(1, 10, 10);
  }

  @Override
  public boolean required() {
    return false;
  }

  @Override
  public Page read(List<Owed> batch, @Nullable Position position) throws InterruptedException {
    var page = Page.servedAt(Instant.EPOCH);
    for (var owed : batch) {
      if (hidden.known(owed.partition())) oweAnew(owed, page);
      else read(owed, page);
    }
    return page.last();
  }

  private void read(Owed owed, Page.Builder page) throws InterruptedException {
    try {
      for (int attempt = 1; attempt < attempts(owed); attempt++) attempt(owed, attempt, page);
      jobs(owed, page);
    } catch (AccessDenied e) {
      if (hidden.are(owed.partition())) oweAnew(owed, page);
      else GitHubOpenRuns.gone(owed, page);
    }
  }

  private static int attempts(Owed owed) {
    return owed.detail().matches("\\d{1,6}") ? Integer.parseInt(owed.detail()) : 1;
  }

  private void attempt(Owed owed, int number, Page.Builder page) throws InterruptedException {
    var id = owed.parentId() + " attempt " + number;
    try {
      var reply = client.get("workflow_attempts", path(owed) + "/attempts/" + number);
      page.map(this, reply.json(), owed.partition(), id);
    } catch (AccessDenied e) {
      if (hidden.are(owed.partition())) throw e;
      var kept = SourceJson.MAPPER.createObjectNode().put("attempt", number);
      page.setAside(id, "GitHub does not have this attempt any more", kept, owed.partition());
    }
  }

  private void jobs(Owed owed, Page.Builder page) throws InterruptedException {
    long total = 0;
    int read = 0;
    boolean more = true;
    for (int number = 1; more; number++) {
      var path = "%s/jobs?filter=all&per_page=%d&page=%d".formatted(path(owed), AT_ONCE, number);
      var reply = client.get(NAME, path);
      var jobs = reply.json().path("jobs");
      if (!jobs.isArray()) throw new SourceUnavailable(NAME + " answered no list of jobs", null);
      for (var job : jobs) {
        page.map(this, job, owed.partition(), job.path("id").asString(place(owed)));
      }
      total = reply.json().path("total_count").asLong(0);
      read += jobs.size();
      more = reply.more() && !jobs.isEmpty();
    }
    if (read < total) {
      var kept = SourceJson.MAPPER.createObjectNode().put("total", total).put("read", read);
      page.setAside(
          place(owed),
          "GitHub counts %d jobs, and lists %d".formatted(total, read),
          kept,
          owed.partition());
    } else {
      page.readable(place(owed));
    }
  }

  private static String place(Owed owed) {
    return owed.parentId() + " jobs";
  }

  private static String path(Owed owed) {
    return "repos/%s/actions/runs/%s".formatted(owed.partition().label(), owed.parentId());
  }

  private static void oweAnew(Owed owed, Page.Builder page) {
    page.owe(
        new OwedWork(NAME, Build.class, owed.parentId(), owed.partition(), owed.detail(), false));
  }

  @Override
  public void map(JsonNode raw, Partition repository, Page.Builder page) {
    if (raw.has("run_id")) GitHubBuildMapper.job(raw, page);
    else GitHubBuildMapper.run(raw, repository, page);
  }
}
