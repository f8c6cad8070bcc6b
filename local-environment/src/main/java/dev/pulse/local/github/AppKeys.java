package dev.pulse.local.github;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Base64;

/** Keys of Apps, and the files they are handed out in. */
final class AppKeys {

  private static final int BITS = 2_048;
  private static final int INTEGER = 0x02;
  private static final int SEQUENCE = 0x30;

  private AppKeys() {}

  static KeyPair make() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has RSA", e);
    }
  }

  /** The file that GitHub hands out: RSAPrivateKey of RFC 8017, in PEM. */
  static String pkcs1(KeyPair pair) {
    var key = (RSAPrivateCrtKey) pair.getPrivate();
    var numbers = new ByteArrayOutputStream();
    for (var number :
        new BigInteger[] {
          BigInteger.ZERO,
          key.getModulus(),
          key.getPublicExponent(),
          key.getPrivateExponent(),
          key.getPrimeP(),
          key.getPrimeQ(),
          key.getPrimeExponentP(),
          key.getPrimeExponentQ(),
          key.getCrtCoefficient()
        }) {
      numbers.writeBytes(der(INTEGER, number.toByteArray()));
    }
    return pem("RSA PRIVATE KEY", der(SEQUENCE, numbers.toByteArray()));
  }

  /** What openssl pkcs8 makes of it. */
  static String pkcs8(KeyPair pair) {
    return pem("PRIVATE KEY", pair.getPrivate().getEncoded());
  }

  private static String pem(String label, byte[] der) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(label, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der));
  }

  private static byte[] der(int tag, byte[] contents) {
    var out = new ByteArrayOutputStream();
    out.write(tag);
    var length = BigInteger.valueOf(contents.length).toByteArray();
    if (contents.length < 128) {
      out.write(contents.length);
    } else {
      int from = length[0] == 0 ? 1 : 0; // no sign
      out.write(0x80 + length.length - from);
      out.write(length, from, length.length - from);
    }
    out.writeBytes(contents);
    return out.toByteArray();
  }
}
