package dev.pulse.local.world;

/** A project of the tracker. */
public record Project(int index, long id, String key, String name, Person lead) {

  Project ledBy(Person other) {
    return new Project(index, id, key, name, other);
  }

  Project called(String other) {
    return new Project(index, id, key, other, lead);
  }
}
