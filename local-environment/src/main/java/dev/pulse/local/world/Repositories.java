package dev.pulse.local.world;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The repositories of the organisation, under the names they have now and had before. */
final class Repositories {

  private final int count;
  private final String owner;
  private final Instant created;
  private final Map<Integer, String> renamed = new ConcurrentHashMap<>();
  private final Map<String, Integer> formerNames = new ConcurrentHashMap<>();

  Repositories(int count, String owner, Instant created) {
    this.count = count;
    this.owner = owner;
    this.created = created;
  }

  int count() {
    return count;
  }

  List<Repository> all() {
    return IntStream.range(0, count).mapToObj(this::at).toList();
  }

  Repository at(int index) {
    var area = Words.AREAS.get(index % Words.AREAS.size()).toLowerCase(Locale.ROOT);
    var name = index < Words.AREAS.size() ? area : area + "-" + index / Words.AREAS.size();
    return new Repository(
        index, 9_000L + index, owner, renamed.getOrDefault(index, name), created, false);
  }

  void rename(int index, String name) {
    formerNames.put(at(index).name().toLowerCase(Locale.ROOT), index);
    renamed.put(index, name);
  }

  /** The repository of this full name, now or before a rename. */
  @Nullable Repository find(String ownerName, String name) {
    if (!ownerName.equalsIgnoreCase(owner)) return null;
    return all().stream()
        .filter(each -> each.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseGet(() -> formerlyNamed(name));
  }

  private @Nullable Repository formerlyNamed(String name) {
    Integer index = formerNames.get(name.toLowerCase(Locale.ROOT));
    return index == null ? null : at(index);
  }
}
