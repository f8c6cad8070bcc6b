package dev.pulse.local.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Who works in the organisation, and on what. */
final class Cast {

  private Cast() {}

  /** So many people, and a bot as the last. */
  static List<Person> people(int count) {
    var made = new ArrayList<Person>();
    for (int i = 0; i < count; i++) made.add(person(i, false));
    made.add(person(count, true));
    return List.copyOf(made);
  }

  private static Person person(int index, boolean bot) {
    var first = Words.FIRST.get(index % Words.FIRST.size());
    var last = Words.LAST.get((index / Words.FIRST.size() + index * 7) % Words.LAST.size());
    var login = bot ? "build-bot[bot]" : first.toLowerCase(Locale.ROOT) + index;
    return new Person(
        index,
        bot ? "Build Bot" : first + " " + last,
        login.replaceAll("[^a-z0-9]", "") + "@acme.example.org",
        "5b10a28%017x".formatted(index + 4_096),
        login,
        70_000L + index,
        bot,
        !bot && index % 50 == 3);
  }

  static List<Project> projects(int count, List<Person> people) {
    return IntStream.range(0, count).mapToObj(index -> project(index, people)).toList();
  }

  private static Project project(int index, List<Person> people) {
    var area = Words.AREAS.get(index % Words.AREAS.size());
    int round = index / Words.AREAS.size();
    var key =
        area.substring(0, 3).toUpperCase(Locale.ROOT)
            + (round == 0 ? "" : "" + (char) ('A' + round));
    return new Project(
        index,
        1_100L + index,
        key,
        area + (round == 0 ? "" : " " + round),
        people.get(index % people.size()));
  }
}
