package dev.pulse.backend.auth;

import dev.pulse.backend.auth.KeyRing.UnusableKeys;
import dev.pulse.backend.platform.NotStartable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The key file: made at the first start, and read again when it changes, so that keys are exchanged
 * without a restart. All nodes share it.
 */
@Component
class AuthKeys {

  private static final Logger log = LoggerFactory.getLogger(AuthKeys.class);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

  private final Path file;
  private final Clock clock;
  private volatile State state;

  /** The ring as it was read, the time of the file, and when that was. */
  private record State(KeyRing ring, FileTime modified, Instant looked) {}

  /** {@code pulse.auth.keys-file}: made if it is not there, for its owner alone to read. */
  AuthKeys(@Value("${pulse.auth.keys-file:}") @Nullable Path file, Clock clock) {
    if (file == null || file.toString().isEmpty()) {
      throw new NotStartable(
          "set PULSE_AUTH_KEYS_FILE to a file for the keys that prove who is signed in; it is made"
              + " if it is not there, and all nodes share it");
    }
    this.file = file;
    this.clock = clock;
    try {
      makeIfAbsent();
      this.state = read();
    } catch (UnusableKeys e) {
      throw new NotStartable("%s %s".formatted(file, e.getMessage()), e);
    } catch (IOException e) {
      throw new NotStartable(
          "the file %s of PULSE_AUTH_KEYS_FILE cannot be read".formatted(file), e);
    }
  }

  /** The keys as they stand in the file, or stood a few seconds ago. */
  KeyRing current() {
    var known = state;
    return isRecent(known) ? known.ring() : lookAgain().ring();
  }

  private boolean isRecent(State known) {
    return clock.instant().isBefore(known.looked().plus(LOOK_AGAIN));
  }

  private synchronized State lookAgain() {
    var known = state;
    if (isRecent(known)) return known;
    try {
      if (Files.getLastModifiedTime(file).equals(known.modified())) {
        state = seen(known);
        return state;
      }
      state = read();
      log.info("The keys of {} are in use now", file);
    } catch (UnusableKeys | IOException e) {
      log.error("{} cannot be used, so the keys before stay in use", file, e);
      state = seen(known);
    }
    return state;
  }

  private State seen(State known) {
    return new State(known.ring(), known.modified(), clock.instant());
  }

  private State read() throws IOException {
    var modified = Files.getLastModifiedTime(file);
    return new State(KeyRing.read(Files.readAllLines(file)), modified, clock.instant());
  }

  /** Written beside and linked into place: of two nodes that start at once, one makes it. */
  private void makeIfAbsent() throws IOException {
    if (Files.exists(file)) return;
    var folder = file.toAbsolutePath().getParent();
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    var draft = Files.createTempFile(folder, "keys", ".new", ownerOnly);
    try {
      Files.write(draft, KeyRing.fresh());
      Files.createLink(file, draft);
      log.info("Made the keys in {}", file);
    } catch (FileAlreadyExistsException e) {
      log.info("Another node has made the keys in {}", file);
    } finally {
      Files.delete(draft);
    }
  }
}
