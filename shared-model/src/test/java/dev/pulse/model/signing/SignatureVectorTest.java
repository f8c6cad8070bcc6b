package dev.pulse.model.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;

/** What others have published, not what we think. */
class SignatureVectorTest {

  /** RFC 9421, B.1.5. */
  private static final byte[] SECRET =
      Base64.getDecoder()
          .decode(
              "uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==");

  @Test
  void the_base_and_the_signature_are_those_of_rfc_9421_b_2_5() {
    var components = new LinkedHashMap<String, String>();
    components.put("date", "Tue, 20 Apr 2021 02:07:55 GMT");
    components.put("@authority", "example.com");
    components.put("content-type", "application/json");

    var base =
        SignatureBase.of(
            components,
            "(\"date\" \"@authority\" \"content-type\");created=1618884473"
                + ";keyid=\"test-shared-secret\"");

    assertThat(new String(base, UTF_8))
        .isEqualTo(
            """
            "date": Tue, 20 Apr 2021 02:07:55 GMT
            "@authority": example.com
            "content-type": application/json
            "@signature-params": ("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"\
            """);
    var key = SigningKey.foreign("test", "test-shared-secret", SECRET, new byte[32]);
    assertThat(Base64.getEncoder().encodeToString(key.sign(base)))
        .isEqualTo("pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=");
  }

  @Test
  void the_digest_is_that_of_rfc_9530() {
    assertThat(BodyDigest.header("{\"hello\": \"world\"}".getBytes(UTF_8)))
        .isEqualTo("sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:");
    assertThat(BodyDigest.header(new byte[0]))
        .isEqualTo("sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:");
  }

  @Test
  void a_value_cannot_pass_for_two_lines() {
    var components = new LinkedHashMap<String, String>();
    components.put("pulse-subject", "user:1\n\"pulse-permissions\": settings:write");

    assertThatThrownBy(() -> SignatureBase.of(components, "()"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
