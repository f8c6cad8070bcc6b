package dev.pulse.local.world;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the token may not see of projects and repositories that are there. */
public final class Visibility {

  private final Set<Integer> hiddenProjects = ConcurrentHashMap.newKeySet();
  private final Set<Integer> hiddenRepositories = ConcurrentHashMap.newKeySet();

  Visibility() {}

  public boolean hidden(Project project) {
    return hiddenProjects.contains(project.index());
  }

  public boolean hidden(Repository repository) {
    return hiddenRepositories.contains(repository.index());
  }

  /** Takes the right to browse a project from the token, or gives it back. */
  public void hideProject(int index, boolean hidden) {
    if (hidden) hiddenProjects.add(index);
    else hiddenProjects.remove(index);
  }

  /** Hides a repository from the token, or shows it again. */
  public void hideRepository(int index, boolean hidden) {
    if (hidden) hiddenRepositories.add(index);
    else hiddenRepositories.remove(index);
  }
}
