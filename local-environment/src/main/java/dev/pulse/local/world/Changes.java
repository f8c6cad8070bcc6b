package dev.pulse.local.world;

import dev.pulse.local.world.Plan.Kind;
import java.util.function.IntConsumer;

/** What happens in an organisation: to one of so many of everything that it has. */
final class Changes {

  private final World world;
  private int number;

  Changes(World world) {
    this.world = world;
  }

  /**
   * Changes something of every kind, spread evenly.
   *
   * @param step one of so many; the first always
   */
  synchronized void oneOf(int step) {
    number++;
    every(step, world.issueCount(), world::editIssue);
    every(step, world.pullCount(), world::editPull);
    people(step);
    planning(step);
    code(step);
    every(step, world.issueCount(), this::work);
    for (var kind : Kind.values()) {
      every(step, world.roadmap().shelf(kind).count(), i -> world.roadmap().edit(kind, i));
    }
    world.codeIssues().change(step);
  }

  private void people(int step) {
    var people = world.people();
    every(step, people.size(), i -> world.renamePerson(i, renamed(people.get(i).name())));
    var projects = world.projects();
    every(step, projects.size(), i -> world.renameProject(i, renamed(projects.get(i).name())));
  }

  private void planning(int step) {
    var planning = world.planning();
    every(
        step,
        world.projects().size(),
        i -> {
          var project = world.projects().get(i);
          planning.rename(Sprints.board(project), renamed(planning.boardName(project)));
          world.sprints(project).stream()
              .findFirst()
              .ifPresent(sprint -> planning.rename(sprint.id(), renamed(sprint.name())));
          planning.versions(project).stream()
              .findFirst()
              .ifPresent(version -> planning.rename(version.id(), renamed(version.name())));
        });
  }

  private void code(int step) {
    every(
        step,
        world.repositories().size(),
        i -> {
          world.hosting().rename(i, renamed(world.repository(i).name()));
          world.histories().push(world.repository(i));
          world.releases().create(world.repository(i));
        });
  }

  private void work(int issue) {
    if (world.deleted(issue)) return;
    var logged = world.work().on(world.issue(issue));
    if (logged.isEmpty()) world.work().log(issue);
    else world.work().change(logged.getFirst(), logged.getFirst().seconds() + 900);
  }

  /** A name that nothing had before, and that may stand in an address. */
  private String renamed(String name) {
    return name.replaceFirst("-r\\d+$", "") + "-r" + number;
  }

  private static void every(int step, int count, IntConsumer change) {
    for (int i = 0; i < count; i += step) change.accept(i);
  }
}
