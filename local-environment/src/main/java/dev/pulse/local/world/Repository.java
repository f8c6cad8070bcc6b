package dev.pulse.local.world;

import java.time.Instant;

/** A repository of code. */
public record Repository(
    int index, long databaseId, String owner, String name, Instant created, boolean archived) {

  public String fullName() {
    return owner + "/" + name;
  }
}
