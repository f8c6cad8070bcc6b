package dev.pulse.etl.ingest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The hashes of the rows of a batch, one after the other, each over all values of its row: 64 bits
 * are ample to see whether one row has changed. One digest and one buffer serve all rows.
 */
final class RowHash {

  private static final int KEPT = 1 << 20;

  private final byte mapping;
  private final MessageDigest digest;
  private final byte[] result = new byte[32];
  private byte[] row = new byte[4096];
  private int length;

  RowHash(int mapping) {
    this.mapping = (byte) mapping;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
    begin();
  }

  /** Adds a value with its length, so that no two lists of values read the same. */
  void add(@Nullable Object value) {
    if (value == null) {
      number(-1);
      return;
    }
    var bytes = value.toString().getBytes(StandardCharsets.UTF_8);
    number(bytes.length);
    room(bytes.length);
    System.arraycopy(bytes, 0, row, length, bytes.length);
    length += bytes.length;
  }

  /** The hash of the values added since the row before. */
  long next() {
    digest.update(row, 0, length);
    try {
      digest.digest(result, 0, result.length);
    } catch (DigestException e) {
      throw new IllegalStateException("SHA-256 has 32 bytes", e);
    }
    begin();
    return ByteBuffer.wrap(result).getLong();
  }

  private void begin() {
    if (row.length > KEPT) row = new byte[4096];
    row[0] = mapping;
    length = 1;
  }

  private void number(int value) {
    room(4);
    row[length++] = (byte) (value >> 24);
    row[length++] = (byte) (value >> 16);
    row[length++] = (byte) (value >> 8);
    row[length++] = (byte) value;
  }

  private void room(int more) {
    if (row.length - length < more) {
      row = Arrays.copyOf(row, Math.max(row.length * 2, length + more));
    }
  }
}
