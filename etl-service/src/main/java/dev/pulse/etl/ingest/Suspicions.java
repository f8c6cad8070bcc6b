package dev.pulse.etl.ingest;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.pulse.etl.connectors.CensusStream;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.ingest.PageWaits.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Asks the source by id for records that a census missed: what it shows after all is not gone. */
@Component
class Suspicions {

  private static final int ASKED_AT_ONCE = 100;

  private final PatientReader reader;
  private final PageStore pages;
  private final ScopeElements scopeElements;

  Suspicions(PatientReader reader, PageStore pages, ScopeElements scopeElements) {
    this.reader = reader;
    this.pages = pages;
    this.scopeElements = scopeElements;
  }

  /**
   * Those of the suspects that the source does not show in the scope; ends early when there are too
   * many.
   */
  Map<String, List<String>> confirm(
      RunScope run,
      StopSignal stop,
      CensusStream stream,
      Map<String, List<String>> suspects,
      long enough)
      throws InterruptedException {
    var scope = scope(run, stream);
    var gone = new LinkedHashMap<String, List<String>>();
    var where = new Place(run, stream.name());
    long found = 0;
    for (var partition : suspects.entrySet()) {
      var of = new ArrayList<String>();
      for (int at = 0; at < partition.getValue().size() && found <= enough; at += ASKED_AT_ONCE) {
        stop.check();
        int end = Math.min(at + ASKED_AT_ONCE, partition.getValue().size());
        var asked = partition.getValue().subList(at, end);
        var shown = new HashMap<>(reader.patiently(stop, where, () -> stream.shown(asked)));
        shown.values().removeIf(place -> !place.isEmpty() && !scope.contains(place));
        asked.stream().filter(id -> !shown.containsKey(id)).forEach(of::add);
        found += asked.size() - shown.size();
        shown.values().removeIf(place -> place.isEmpty() || place.equals(partition.getKey()));
        if (!shown.isEmpty())
          reread(run, stop, stream, partition.getKey(), List.copyOf(shown.keySet()));
      }
      if (!of.isEmpty()) gone.put(partition.getKey(), of);
    }
    return gone;
  }

  private Set<String> scope(RunScope run, CensusStream stream) {
    return scopeElements.included(run.connectionId(), stream.name()).stream()
        .map(ScopeElement::externalId)
        .collect(toUnmodifiableSet());
  }

  private void reread(
      RunScope run, StopSignal stop, CensusStream stream, String from, List<String> moved)
      throws InterruptedException {
    var page = reader.patiently(stop, new Place(run, stream.name()), () -> stream.reread(moved));
    if (page.isPresent()) pages.moved(run, stream, new Partition(from, from), page.get());
  }
}
