package dev.pulse.local.world;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which project each issue is part of: they take turns, until somebody moves one to another. */
public final class Moves {

  /** Numbers that issues have where they were moved to begin here. */
  private static final int MOVED = 1_000_000;

  private final List<Project> projects;
  private final Map<Integer, Integer> moved = new ConcurrentHashMap<>();

  Moves(List<Project> projects) {
    this.projects = projects;
  }

  public Project projectOf(int issue) {
    return projects.get(moved.getOrDefault(issue, issue % projects.size()));
  }

  int numberOf(int issue) {
    return moved.containsKey(issue) ? MOVED + issue : 1 + issue / projects.size();
  }

  /** The issue that has this number in a project, or had it before it was moved. */
  public int issueOf(Project project, int number) {
    int index = number - MOVED;
    return moved.getOrDefault(index, -1) == project.index()
        ? index
        : (number - 1) * projects.size() + project.index();
  }

  void move(int issue, int project) {
    moved.put(issue, project);
  }
}
