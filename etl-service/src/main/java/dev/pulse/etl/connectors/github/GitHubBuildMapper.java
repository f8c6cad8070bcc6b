package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.UnreadableRecord;
import dev.pulse.etl.connectors.records.Build;
import dev.pulse.etl.connectors.records.BuildJob;
import dev.pulse.etl.platform.json.SourceJson;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Turns runs of workflows, attempt by attempt, and their jobs into rows. */
final class GitHubBuildMapper {

  /**
   * GitHub ends a run after 35 days: what is unfinished for longer will never be finished.
   *
   * @see <a href="https://docs.github.com/en/actions/reference/limits">Limits</a>
   */
  private static final Duration LONGEST = Duration.ofDays(36);

  private GitHubBuildMapper() {}

  /** One attempt of a run. */
  static void run(JsonNode raw, Partition repository, Page.Builder page) {
    var created = GitHubJson.requireTime(raw, "created_at");
    var updated = GitHubJson.requireTime(raw, "updated_at");
    var state = state(raw);
    var actor = account(raw.path("actor"), page);
    var starter = account(raw.path("triggering_actor"), page);
    page.seen(created);
    page.add(
        new Build(
            GitHubJson.requireText(raw, "id"),
            attempt(raw),
            repository.id(),
            GitHubJson.text(raw, "workflow_id"),
            name(raw),
            GitHubJson.requireNumber(raw, "run_number"),
            GitHubJson.text(raw, "event"),
            GitHubJson.text(raw, "head_branch"),
            GitHubJson.text(raw, "head_sha"),
            state,
            result(raw),
            starter == null ? actor : starter,
            created,
            GitHubJson.time(raw, "run_started_at"),
            state.equals("FINISHED") ? updated : null,
            updated,
            GitHubJson.text(raw, "html_url"),
            extra(raw)));
  }

  static void job(JsonNode raw, Page.Builder page) {
    page.add(
        new BuildJob(
            GitHubJson.requireText(raw, "id"),
            GitHubJson.requireText(raw, "run_id"),
            attempt(raw),
            GitHubJson.requireText(raw, "name"),
            state(raw),
            result(raw),
            GitHubJson.time(raw, "started_at"),
            GitHubJson.time(raw, "completed_at"),
            GitHubJson.text(raw, "html_url")));
  }

  /** Which attempt it is. Older servers do not tell; they know the latest one only. */
  static int attempt(JsonNode raw) {
    var attempt = GitHubJson.number(raw, "run_attempt");
    if (attempt != null && attempt < 1) throw new UnreadableRecord("run_attempt: below 1");
    return attempt == null ? 1 : attempt;
  }

  /**
   * Whether a run will change yet. One that needs an action counts as completed at GitHub, and goes
   * on once somebody has approved it.
   */
  static boolean isOpen(JsonNode raw, Instant now) {
    try {
      var conclusion = raw.path("conclusion").asString("");
      if (state(raw).equals("FINISHED") && !conclusion.equals("action_required")) return false;
      var started = GitHubJson.time(raw, "run_started_at");
      var since = started == null ? GitHubJson.requireTime(raw, "created_at") : started;
      return since.isAfter(now.minus(LONGEST));
    } catch (UnreadableRecord e) {
      return false; // it is set aside as a whole
    }
  }

  private static @Nullable String account(JsonNode actor, Page.Builder page) {
    return GitHubJson.account(actor, "id", "type", page);
  }

  private static String state(JsonNode raw) {
    return switch (raw.path("status").asString("")) {
      case "completed" -> "FINISHED";
      case "in_progress" -> "RUNNING";
      case "queued", "requested", "waiting", "pending" -> "QUEUED";
      default -> throw new UnreadableRecord("status: not one that is documented");
    };
  }

  private static @Nullable String result(JsonNode raw) {
    if (!raw.path("status").asString("").equals("completed")) return null;
    return switch (raw.path("conclusion").asString("")) {
      case "success" -> "SUCCESS";
      case "failure", "startup_failure" -> "FAILURE";
      case "cancelled" -> "CANCELLED";
      case "skipped" -> "SKIPPED";
      case "timed_out", "stale" -> "TIMED_OUT";
      case "neutral" -> "NEUTRAL";
      case "action_required" -> "ACTION_REQUIRED";
      default -> throw new UnreadableRecord("conclusion: not one that is documented");
    };
  }

  /** A workflow without a name is called by its file. */
  private static String name(JsonNode raw) {
    for (var field : new String[] {"name", "path", "display_title"}) {
      var name = GitHubJson.text(raw, field);
      if (name != null && !name.isBlank()) return name;
    }
    return "workflow " + GitHubJson.requireText(raw, "workflow_id");
  }

  /** Without the pull requests: which of them are open changes by itself. */
  private static String extra(JsonNode raw) {
    var extra = SourceJson.MAPPER.createObjectNode();
    for (var field : new String[] {"display_title", "path", "conclusion"}) {
      var value = GitHubJson.text(raw, field);
      if (value != null) extra.put(field, value);
    }
    return extra.toString();
  }
}
