package dev.pulse.local.github;

import dev.pulse.local.world.Person;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;

/**
 * Opaque global ids in the shape GitHub has used since 2021: a type prefix and a MessagePack array,
 * base64url. Objects below a repository carry the repository's id too, so they are found without an
 * index.
 */
final class NodeIds {
  private static final byte SHORT = (byte) 0x92;
  private static final byte LONG = (byte) 0x93;
  private static final byte UINT32 = (byte) 0xCE;
  private static final byte UINT64 = (byte) 0xCF;
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  /** A decoded id; repositoryId is 0 for objects that live outside of repositories. */
  record NodeId(String prefix, long repositoryId, long id) {}

  private NodeIds() {}

  static String of(String prefix, long id) {
    return prefix + "_" + encode(SHORT, id);
  }

  static String of(String prefix, long repositoryId, long id) {
    return prefix + "_" + encode(LONG, repositoryId, id);
  }

  static String account(Person account) {
    return of(account.bot() ? "BOT" : "U", account.databaseId());
  }

  /** Empty for anything that is not an id of this shape. */
  static Optional<NodeId> decode(String text) {
    int split = text.indexOf('_'); // the base64url part may hold more of them
    if (split < 1) {
      return Optional.empty();
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text.substring(split + 1)));
      boolean inRepository = bytes.get() == LONG;
      bytes.get();
      long repository = inRepository ? number(bytes) : 0;
      return Optional.of(new NodeId(text.substring(0, split), repository, number(bytes)));
    } catch (IllegalArgumentException | BufferUnderflowException _) {
      return Optional.empty();
    }
  }

  private static String encode(byte array, long... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(2 + 9 * numbers.length).put(array).put((byte) 0);
    for (long number : numbers) {
      if (number <= 0xFFFF_FFFFL) {
        bytes.put(UINT32).putInt((int) number);
      } else {
        bytes.put(UINT64).putLong(number);
      }
    }
    byte[] used = new byte[bytes.position()];
    bytes.flip().get(used);
    return ENCODER.encodeToString(used);
  }

  private static long number(ByteBuffer bytes) {
    return bytes.get() == UINT64 ? bytes.getLong() : Integer.toUnsignedLong(bytes.getInt());
  }
}
