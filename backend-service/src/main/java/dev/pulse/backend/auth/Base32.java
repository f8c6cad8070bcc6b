package dev.pulse.backend.auth;

import java.math.BigInteger;

/**
 * Bytes as capital letters and the digits 2 to 7, which people can type.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4648#section-6">RFC 4648, base 32</a>
 */
final class Base32 {

  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int BITS = 5;

  private Base32() {}

  /**
   * Encodes bytes.
   *
   * @param bytes as many as make whole letters: a multiple of five
   */
  static String encode(byte[] bytes) {
    if (bytes.length % BITS != 0) throw new IllegalArgumentException("would need padding");
    var number = new BigInteger(1, bytes);
    var text = new StringBuilder();
    for (int at = bytes.length * 8 - BITS; at >= 0; at -= BITS) {
      text.append(ALPHABET.charAt(number.shiftRight(at).intValue() & 31));
    }
    return text.toString();
  }
}
