package dev.pulse.local.faults;

import dev.pulse.local.faults.Fault.Kind;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The faults that are switched on. */
public final class Faults {

  private final List<Armed> armed = new CopyOnWriteArrayList<>();

  private record Armed(Fault fault, AtomicInteger seen, AtomicInteger happened) {

    boolean strikes() {
      if (seen.incrementAndGet() <= fault.skip()) return false;
      return fault.times() == null || happened.incrementAndGet() <= fault.times();
    }
  }

  public void add(Fault fault) {
    armed.add(new Armed(fault, new AtomicInteger(), new AtomicInteger()));
  }

  public void clear() {
    armed.clear();
  }

  public List<Fault> all() {
    return armed.stream().map(Armed::fault).toList();
  }

  /**
   * The fault of one of these kinds that strikes this request, if any; asking counts.
   *
   * @param text path, query and body, in which a fault may look for its match
   */
  public Optional<Fault> strike(String source, String operation, String text, Kind... kinds) {
    for (var each : armed) {
      var fault = each.fault;
      boolean fits =
          List.of(kinds).contains(fault.kind())
              && (fault.source() == null || fault.source().equals(source))
              && (fault.operation() == null || operation.contains(fault.operation()))
              && (fault.match() == null || text.contains(fault.match()));
      if (fits && each.strikes()) return Optional.of(fault);
    }
    return Optional.empty();
  }
}
