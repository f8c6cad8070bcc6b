package dev.pulse.local.world;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which boards, sprints and versions people have deleted, and what they call the others. */
public final class Planning {

  private final Set<Long> boards = ConcurrentHashMap.newKeySet();
  private final Set<Long> sprints = ConcurrentHashMap.newKeySet();
  private final Set<Long> versions = ConcurrentHashMap.newKeySet();
  private final Set<Long> closed = ConcurrentHashMap.newKeySet();

  /** No board has the id of a sprint or version, and so on. */
  private final Map<Long, String> names = new ConcurrentHashMap<>();

  Planning() {}

  public void deleteBoard(Project project) {
    boards.add(Sprints.board(project));
  }

  public void deleteSprint(long id) {
    sprints.add(id);
  }

  /** Somebody closes a sprint that was begun. */
  public void closeSprint(long id) {
    closed.add(id);
  }

  public void deleteVersion(long id) {
    versions.add(id);
  }

  /** Versions of a project that are still there. */
  public List<Version> versions(Project project) {
    return Version.of(project).stream()
        .filter(each -> !versions.contains(each.id()))
        .map(each -> each.called(names.getOrDefault(each.id(), each.name())))
        .toList();
  }

  /** Those sprints that are still there. */
  List<Sprints.Sprint> sprints(List<Sprints.Sprint> all) {
    return all.stream()
        .filter(each -> !sprints.contains(each.id()))
        .map(each -> each.called(names.getOrDefault(each.id(), each.name())))
        .map(each -> closed.contains(each.id()) ? each.closed() : each)
        .toList();
  }

  public String boardName(Project project) {
    return names.getOrDefault(Sprints.board(project), project.key() + " board");
  }

  /** Gives a board, sprint or version another name. */
  public void rename(long id, String name) {
    names.put(id, name);
  }

  /** Whether the board of a project was deleted; its sprints are still there. */
  public boolean boardDeleted(Project project) {
    return boards.contains(Sprints.board(project));
  }
}
