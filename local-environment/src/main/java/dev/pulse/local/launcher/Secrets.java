package dev.pulse.local.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/** Makes the secrets of a checkout, once; each is a file that its owner alone can read. */
final class Secrets {

  private static final int KEY_BYTES = 32;
  private static final int PASSWORD_BYTES = 24;

  private final Path folder;
  private final SecureRandom random = new SecureRandom();

  Secrets(Checkout checkout) {
    this.folder = checkout.secrets();
  }

  /**
   * The ring of keys that seal connection secrets: {@code keyId:base64} lines, the first is
   * primary.
   */
  Path keyRing() {
    return made("kek", "k1:" + Base64.getEncoder().encodeToString(bytes(KEY_BYTES)) + "\n");
  }

  /** The database user's password, without a line end. */
  Path databasePassword() {
    var password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(PASSWORD_BYTES));
    return made("database-password", password);
  }

  /** The password of PostgreSQL's superuser, likewise. */
  Path superuserPassword() {
    var password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(PASSWORD_BYTES));
    return made("postgres-password", password);
  }

  /** The keys by which etl-service knows the gateway: {@code caller:keyId:secret:apiKey} lines. */
  Path internalKeys() {
    var secret = Base64.getEncoder().encodeToString(bytes(KEY_BYTES));
    var apiKey = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(KEY_BYTES));
    return made("internal-keys", "gateway:g1:%s:pk_g1_%s\n".formatted(secret, apiKey));
  }

  /** Where the gateway leaves a token for this launcher. */
  Path scriptToken() {
    return folder.resolve("script-token");
  }

  /** The keys that prove who is signed in; the gateway makes them. */
  Path authKeys() {
    return folder.resolve("auth-keys");
  }

  /** Where the gateway leaves a generated password of the administrator. */
  Path administratorPassword() {
    return folder.resolve("administrator-password");
  }

  /** That password, which is forgotten here as soon as it is read. */
  Optional<String> takePassword() {
    var file = administratorPassword();
    if (!Files.exists(file)) return Optional.empty();
    var password = read(file);
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw Checkout.notWritable(file, e);
    }
    return Optional.of(password);
  }

  static String read(Path secret) {
    try {
      return Files.readString(secret).strip();
    } catch (IOException e) {
      throw new LauncherProblem(
          "Cannot read %s: %s".formatted(secret, e.getMessage()),
          "Run as the user who made .pulse.",
          e);
    }
  }

  /** Written beside and moved into place: a half-written secret never counts as made. */
  private Path made(String name, String content) {
    var file = folder.resolve(name);
    if (Files.exists(file)) return file;
    try {
      var ownerOnly =
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
      var draft = Files.createTempFile(folder, name, ".new", ownerOnly);
      Files.writeString(draft, content);
      return Files.move(draft, file);
    } catch (IOException e) {
      throw Checkout.notWritable(file, e);
    }
  }

  private byte[] bytes(int count) {
    var bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
