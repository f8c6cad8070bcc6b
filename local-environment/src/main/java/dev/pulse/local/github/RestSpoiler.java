package dev.pulse.local.github;

import dev.pulse.local.faults.Fault.Kind;
import dev.pulse.local.faults.Faults;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts into lists of REST what is wrong with them, if a fault says so. */
final class RestSpoiler {

  private final String source;
  private final Faults faults;

  RestSpoiler(String source, Faults faults) {
    this.source = source;
    this.faults = faults;
  }

  Answer spoil(String operation, Answer answer) {
    if (answer.body() instanceof Map<?, ?> counted) {
      for (var name : List.of("workflow_runs", "jobs")) {
        if (!(counted.get(name) instanceof List<?> rows)) continue;
        var spoiled = spoil(operation, new Answer(answer.status(), answer.headers(), rows)).body();
        var body = new LinkedHashMap<Object, @Nullable Object>(counted);
        body.put(name, spoiled);
        return new Answer(answer.status(), answer.headers(), body);
      }
    }
    if (!(answer.body() instanceof List<?> rows) || rows.isEmpty()) return answer;
    var kinds = new Kind[] {Kind.DUPLICATES, Kind.REORDERED};
    List<?> spoiled = rows;
    for (var kind : kinds) {
      if (faults.strike(source, operation, "", kind).isPresent()) {
        spoiled = Spoiled.list(spoiled, kind);
      }
    }
    return new Answer(answer.status(), answer.headers(), spoiled);
  }
}
