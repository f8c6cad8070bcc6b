package dev.pulse.backend.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A file with a secret, for its owner alone to read. */
public final class SecretFile {

  private SecretFile() {}

  /** Written beside and moved into place, so that nobody reads half of it. */
  public static void write(Path file, String secret) throws IOException {
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    var draft =
        Files.createTempFile(file.toAbsolutePath().getParent(), "secret", ".new", ownerOnly);
    Files.writeString(draft, secret + "\n");
    Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
