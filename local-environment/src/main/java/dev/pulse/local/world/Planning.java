package dev.pulse.local.world;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which boards, sprints and versions people have deleted. */
public final class Planning {

  private final Set<Long> boards = ConcurrentHashMap.newKeySet();
  private final Set<Long> sprints = ConcurrentHashMap.newKeySet();
  private final Set<Long> versions = ConcurrentHashMap.newKeySet();

  Planning() {}

  public void deleteBoard(Project project) {
    boards.add(Sprints.board(project));
  }

  public void deleteSprint(long id) {
    sprints.add(id);
  }

  public void deleteVersion(long id) {
    versions.add(id);
  }

  /** Versions of a project that are still there. */
  public List<Version> versions(Project project) {
    return Version.of(project).stream().filter(each -> !versions.contains(each.id())).toList();
  }

  /** Whether the board of a project was deleted; its sprints are still there. */
  public boolean boardDeleted(Project project) {
    return boards.contains(Sprints.board(project));
  }

  boolean gone(Sprints.Sprint sprint) {
    return sprints.contains(sprint.id());
  }
}
