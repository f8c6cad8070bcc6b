package dev.pulse.local.world;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The teams of the organisation: one of everybody, and parts of it that have parts again. A part
 * comes after what it is a part of.
 */
public final class Teams {

  private static final long FIRST = 40_000L;

  private final List<Person> people;
  private final Map<Integer, String> renamed = new ConcurrentHashMap<>();
  private final Set<Integer> deleted = ConcurrentHashMap.newKeySet();
  private final Map<Integer, Map<Integer, Boolean>> changes = new ConcurrentHashMap<>();
  private int count;

  Teams(List<Person> people) {
    this.people = people;
    this.count = Math.clamp(people.size() / 5, 4, 40);
  }

  /** How many there ever were. */
  public synchronized int count() {
    return count;
  }

  /** Those that are there. */
  public List<Team> all() {
    return IntStream.range(0, count()).mapToObj(this::find).flatMap(Optional::stream).toList();
  }

  /** The team of this index, if it is there. */
  public Optional<Team> find(int index) {
    return index < 0 || index >= count() || deleted.contains(index)
        ? Optional.empty()
        : Optional.of(make(index));
  }

  /** A new team without members; returns its index. */
  public synchronized int create() {
    return count++;
  }

  public void rename(int team, String name) {
    renamed.put(team, name);
  }

  public void delete(int team) {
    deleted.add(team);
  }

  /** Takes somebody into a team, or into another role there. */
  public void join(int team, Person person, boolean maintainer) {
    changed(team).put(person.index(), maintainer);
  }

  public void leave(int team, Person person) {
    changed(team).remove(person.index());
  }

  private Map<Integer, Boolean> changed(int team) {
    return changes.computeIfAbsent(team, index -> new ConcurrentHashMap<>(first(index)));
  }

  private Team make(int index) {
    var name = renamed.getOrDefault(index, index == 0 ? "Everybody" : "Team " + index);
    var members = new ArrayList<Team.Member>();
    var roles = changes.getOrDefault(index, first(index));
    for (var person : people) {
      var maintainer = roles.get(person.index());
      if (maintainer != null) members.add(new Team.Member(person, maintainer));
    }
    return new Team(
        index,
        FIRST + index,
        name,
        name.toLowerCase(Locale.ROOT).replace(' ', '-'),
        "What " + name + " does",
        parent(index),
        List.copyOf(members));
  }

  private @Nullable Integer parent(int index) {
    if (index == 0) return null;
    int parent = index < 4 ? 0 : 1 + index % 3;
    return deleted.contains(parent) ? null : Integer.valueOf(parent);
  }

  /** Members from the beginning, and whether they maintain the team. */
  private Map<Integer, Boolean> first(int index) {
    int before = Math.clamp(people.size() / 5, 4, 40);
    var roles = new HashMap<Integer, Boolean>();
    if (index >= before) return roles;
    for (var person : people) {
      boolean in = index == 0 || person.index() % before == index || person.index() % 7 == index;
      if (in && !person.bot() && !person.gone()) {
        roles.put(person.index(), person.index() % 5 == index % 5);
      }
    }
    return roles;
  }
}
