package dev.pulse.model.signing;

import dev.pulse.model.signing.SigningKeys.UnusableKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** The keys as they stand in their file, so that they are exchanged without a restart. */
public final class SigningKeysFile implements Supplier<SigningKeys> {

  private static final System.Logger log = System.getLogger(SigningKeysFile.class.getName());
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

  private final Path file;
  private final Clock clock;
  private volatile State state;

  /** The keys as they were read, the time of the file, and when that was. */
  private record State(SigningKeys keys, FileTime modified, Instant looked) {}

  /**
   * Reads the file.
   *
   * @throws UnusableKeys if it holds none that may be used
   */
  public SigningKeysFile(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
    this.state = read();
  }

  /** The keys of the file, as it is or was a few seconds ago; of a file gone bad, those before. */
  @Override
  public SigningKeys get() {
    var known = state;
    return isRecent(known) ? known.keys() : lookAgain().keys();
  }

  private boolean isRecent(State known) {
    return clock.instant().isBefore(known.looked().plus(LOOK_AGAIN));
  }

  private synchronized State lookAgain() {
    var known = state;
    if (isRecent(known)) return known;
    state = new State(known.keys(), known.modified(), clock.instant());
    try {
      if (!modified().equals(known.modified())) state = read();
    } catch (UnusableKeys e) {
      log.log(System.Logger.Level.ERROR, "The signing keys before stay in use", e);
    }
    return state;
  }

  private State read() {
    var modified = modified();
    return new State(SigningKeys.read(file), modified, clock.instant());
  }

  private FileTime modified() {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UnusableKeys("the key file " + file + " is not there, or cannot be read", e);
    }
  }
}
