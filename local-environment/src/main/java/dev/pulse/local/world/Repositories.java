package dev.pulse.local.world;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The repositories of the organisation, under the names they have now and had before, and what
 * happened to them as a whole.
 */
public final class Repositories {

  private final int count;
  private final String owner;
  private final Instant created;
  private final Map<Integer, String> renamed = new ConcurrentHashMap<>();
  private final Map<Integer, String> owners = new ConcurrentHashMap<>();
  private final Map<String, Integer> formerNames = new ConcurrentHashMap<>();
  private final Set<Integer> archived = ConcurrentHashMap.newKeySet();
  private final Map<Integer, Block> blocks = new ConcurrentHashMap<>();

  Repositories(int count, String owner, Instant created) {
    this.count = count;
    this.owner = owner;
    this.created = created;
  }

  /**
   * The vendor lets nobody at a repository.
   *
   * @param reason such as dmca or tos
   */
  public record Block(String reason, Instant since) {}

  int count() {
    return count;
  }

  List<Repository> all() {
    return IntStream.range(0, count).mapToObj(this::at).toList();
  }

  Repository at(int index) {
    var area = Words.AREAS.get(index % Words.AREAS.size()).toLowerCase(Locale.ROOT);
    var name = index < Words.AREAS.size() ? area : area + "-" + index / Words.AREAS.size();
    return new Repository(
        index,
        9_000L + index,
        owners.getOrDefault(index, owner),
        renamed.getOrDefault(index, name),
        created,
        archived.contains(index));
  }

  /** Gives a repository another name; it is still found by the one it had. */
  public void rename(int index, String name) {
    remember(index);
    renamed.put(index, name);
  }

  /** Gives a repository to another owner; it is still found by the name it had. */
  public void transfer(int index, String newOwner) {
    remember(index);
    owners.put(index, newOwner);
  }

  /** Nothing is written to it any more, or is again. */
  public void archive(int index, boolean readOnly) {
    if (readOnly) archived.add(index);
    else archived.remove(index);
  }

  public void block(int index, String reason, Instant since) {
    blocks.put(index, new Block(reason, since));
  }

  public void unblock(int index) {
    blocks.remove(index);
  }

  /** Null if nothing keeps people from it. */
  public @Nullable Block blockOf(Repository repository) {
    return blocks.get(repository.index());
  }

  private void remember(int index) {
    formerNames.put(at(index).fullName().toLowerCase(Locale.ROOT), index);
  }

  /** The repository of this full name, now or before it was renamed or given away. */
  public @Nullable Repository find(String ownerName, String name) {
    var fullName = ownerName + "/" + name;
    return all().stream()
        .filter(each -> each.fullName().equalsIgnoreCase(fullName))
        .findFirst()
        .orElseGet(() -> formerly(fullName));
  }

  private @Nullable Repository formerly(String fullName) {
    Integer index = formerNames.get(fullName.toLowerCase(Locale.ROOT));
    return index == null ? null : at(index);
  }
}
