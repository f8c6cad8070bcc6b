package dev.pulse.local.jira;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The part of JQL that the simulated Jira understands: a few fields (project, updated, created, id,
 * key) joined by AND, and an order. Everything else is refused, as Jira refuses unknown fields.
 *
 * @param projects keys or ids, in upper case; empty = any
 * @param updatedFrom inclusive; null = any
 * @param afterId issues with a greater id; null = any
 * @param order field and direction of the first order, such as {@code updated asc}
 */
record Jql(
    Set<String> projects,
    @Nullable Instant updatedFrom,
    @Nullable Instant updatedTo,
    @Nullable Instant createdFrom,
    @Nullable Long afterId,
    List<String> keys,
    String order) {

  private static final Pattern ORDER =
      Pattern.compile("(?i)^(updated|created|key|id|issuekey)(\\s+(asc|desc))?$");
  private static final Pattern CLAUSE =
      Pattern.compile(
          "(?i)^(\\w+)\\s*(>=|<=|=|>|<|\\bin\\b|\\bis not\\b)\\s*(.+)$", Pattern.DOTALL);
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd[ HH:mm]", Locale.ROOT);

  /** A query that Jira would refuse, in its words. */
  static final class Refused extends RuntimeException {
    Refused(String message) {
      super(message);
    }
  }

  boolean bounded() {
    return !projects.isEmpty()
        || updatedFrom != null
        || createdFrom != null
        || afterId != null
        || !keys.isEmpty();
  }

  /** Reads a query; quoted dates have minutes and are in the caller's zone. */
  static Jql parse(String text, ZoneId zone) {
    var parts = text.split("(?i)\\border\\s+by\\b", 2);
    var draft = new Draft(zone);
    for (var clause : parts[0].split("(?i)\\band\\b")) {
      if (!clause.isBlank()) draft.add(clause.strip());
    }
    var order = parts.length == 2 ? order(parts[1]) : "created desc";
    return new Jql(
        draft.projects,
        draft.updatedFrom,
        draft.updatedTo,
        draft.createdFrom,
        draft.afterId,
        draft.keys,
        order);
  }

  private static String order(String text) {
    var fields = text.split(",");
    for (var field : fields) {
      if (!ORDER.matcher(field.strip()).matches()) {
        throw new Refused("Error in the JQL Query: cannot order by '" + field.strip() + "'.");
      }
    }
    var first = fields[0].strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    return first.contains(" ") ? first : first + " asc";
  }

  private static final class Draft {

    private final ZoneId zone;
    private Set<String> projects = Set.of();
    private List<String> keys = new ArrayList<>();
    private @Nullable Instant updatedFrom;
    private @Nullable Instant updatedTo;
    private @Nullable Instant createdFrom;
    private @Nullable Long afterId;

    Draft(ZoneId zone) {
      this.zone = zone;
    }

    void add(String clause) {
      var matcher = CLAUSE.matcher(clause);
      if (!matcher.matches()) {
        throw new Refused("Error in the JQL Query: Expecting operator but got '" + clause + "'.");
      }
      var field = matcher.group(1).toLowerCase(Locale.ROOT);
      var operator = matcher.group(2).toLowerCase(Locale.ROOT);
      var value = matcher.group(3).strip();
      switch (field + " " + operator) {
        case "project in", "project =" -> projects = list(value);
        case "key in", "id in", "issue in", "key =" -> keys = List.copyOf(list(value));
        case "updated >=" -> updatedFrom = time(value);
        case "updated >" -> updatedFrom = time(value).plusMillis(1);
        case "updated <" -> updatedTo = time(value);
        case "updated <=" -> updatedTo = time(value).plusMillis(1);
        case "created >=" -> createdFrom = time(value);
        case "id >" -> afterId = Long.parseLong(value);
        default ->
            throw new Refused(
                "Field '%s' does not exist or you do not have permission to view it."
                    .formatted(field));
      }
    }

    private static Set<String> list(String value) {
      return Arrays.stream(value.replaceAll("[()]", "").split(","))
          .map(each -> each.strip().replaceAll("^[\"']|[\"']$", "").toUpperCase(Locale.ROOT))
          .collect(Collectors.toUnmodifiableSet());
    }

    private Instant time(String value) {
      if (value.matches("\\d{10,}")) return Instant.ofEpochMilli(Long.parseLong(value));
      var text = value.replaceAll("^[\"']|[\"']$", "").replace('/', '-');
      try {
        return LocalDateTime.parse(text.length() == 10 ? text + " 00:00" : text, MINUTE)
            .atZone(zone)
            .toInstant();
      } catch (DateTimeParseException e) {
        throw new Refused(
            "Date value '%s' for field 'updated' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm'."
                .formatted(text));
      }
    }
  }
}
