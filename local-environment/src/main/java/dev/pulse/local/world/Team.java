package dev.pulse.local.world;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A team of the organisation.
 *
 * @param parent index of the team that this one is a part of; null = none
 * @param members its own, without those of its parts
 */
public record Team(
    int index,
    long databaseId,
    String name,
    String slug,
    String description,
    @Nullable Integer parent,
    List<Member> members) {

  public record Member(Person person, boolean maintainer) {}
}
