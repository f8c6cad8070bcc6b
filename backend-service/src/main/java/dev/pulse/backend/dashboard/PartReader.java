package dev.pulse.backend.dashboard;

import dev.pulse.backend.access.Caller;
import dev.pulse.backend.dashboard.AnswerCache.Kept;
import dev.pulse.backend.gateway.EtlReader;
import dev.pulse.backend.platform.Problem;
import dev.pulse.backend.platform.SecretText;
import dev.pulse.model.Permission;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a part of the overview, or shows again what was read a moment ago for somebody with the
 * same rights: what etl-service answers follows from them alone.
 */
@Component
class PartReader {

  private final EtlReader etl;
  private final AnswerCache cache;
  private final DashboardSettings settings;
  private final JsonMapper json;
  private final Clock clock;

  PartReader(
      EtlReader etl, AnswerCache cache, DashboardSettings settings, JsonMapper json, Clock clock) {
    this.etl = etl;
    this.cache = cache;
    this.settings = settings;
    this.json = json;
    this.clock = clock;
  }

  /**
   * A part as it was read.
   *
   * @param items null = it is missing
   * @param asOf when it was asked for; null = it is missing
   * @param problem why it is missing, or older than it should be; null = it is as it should be
   */
  record Read(@Nullable JsonNode items, @Nullable Instant asOf, @Nullable Problem problem) {}

  Read read(Part part, Caller caller) {
    var key = key(part, caller);
    var now = clock.instant();
    var kept = kept(key, now);
    var fresh = kept.filter(each -> each.asOf().plus(settings.fresh()).isAfter(now));
    if (fresh.isPresent()) return read(fresh, null);
    try {
      var items = etl.read(part.path(), Map.of(), caller, settings.deadline()).path("items");
      var answer = new Kept(json.writeValueAsString(items), now);
      cache.keep(key, answer);
      return new Read(items, now, null);
    } catch (Problem problem) {
      return read(kept, problem);
    }
  }

  /** What is known of a part that does not come in time. */
  Read late(Part part, Caller caller, Problem problem) {
    return read(kept(key(part, caller), clock.instant()), problem);
  }

  private Optional<Kept> kept(String key, Instant now) {
    return cache.find(key).filter(each -> each.asOf().plus(settings.keep()).isAfter(now));
  }

  private Read read(Optional<Kept> kept, @Nullable Problem problem) {
    return kept.map(each -> new Read(json.readTree(each.json()), each.asOf(), problem))
        .orElseGet(() -> new Read(null, null, problem));
  }

  /** All that an answer depends on, and nothing that tells whose rights these are. */
  private static String key(Part part, Caller caller) {
    var permissions =
        caller.permissions().stream()
            .map(Permission::key)
            .sorted()
            .collect(Collectors.joining(","));
    var visible = caller.connections();
    var connections =
        visible == null
            ? "*"
            : visible.stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
    var rights = SecretText.sha256(permissions + "|" + connections);
    return "overview %s %s".formatted(part.key(), HexFormat.of().formatHex(rights));
  }
}
