package dev.pulse.local.world;

import java.util.List;
import java.util.stream.IntStream;

/** A version of a project. */
public record Version(
    long id, Project project, String name, String releaseDate, boolean released, boolean archived) {

  Version called(String other) {
    return new Version(id, project, other, releaseDate, released, archived);
  }

  /** The versions of a project: an archived one, one that is out, and one that is planned. */
  public static List<Version> of(Project project) {
    return IntStream.range(0, 3)
        .mapToObj(
            n ->
                new Version(
                    10_000L + 10L * project.index() + n,
                    project,
                    "1." + n,
                    "2026-0" + (n + 1) + "-15",
                    n < 2,
                    n == 0))
        .toList();
  }
}
