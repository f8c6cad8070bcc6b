package dev.pulse.etl.connectors.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.etl.connectors.InvalidSetting;
import dev.pulse.etl.platform.json.SourceJson;
import dev.pulse.etl.platform.secret.Secret;
import dev.pulse.local.github.GitHubAppApi;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Reading an App's private key, and signing with it. */
class GitHubAppKeyTest {

  private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");

  @Test
  void a_token_says_who_asks_from_a_minute_ago_and_for_less_than_ten_minutes() throws Exception {
    var pair = pair();
    var token = GitHubAppKey.of(new Secret(pem(pair))).token("12345", NOW);

    var parts = token.split("\\.");
    assertThat(json(parts[0])).isEqualTo(json("{\"alg\":\"RS256\",\"typ\":\"JWT\"}"));
    assertThat(json(parts[1]))
        .isEqualTo(
            json(
                "{\"iat\":%d,\"exp\":%d,\"iss\":12345}"
                    .formatted(NOW.getEpochSecond() - 60, NOW.getEpochSecond() + 480)));
    var verifier = Signature.getInstance("SHA256withRSA");
    verifier.initVerify(pair.getPublic());
    verifier.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    assertThat(verifier.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
  }

  @Test
  void a_client_id_is_sent_as_it_is() throws Exception {
    var token = GitHubAppKey.of(new Secret(pem(pair()))).token("Iv23liAbc", NOW);

    assertThat(json(token.split("\\.")[1]).path("iss").isString()).isTrue();
  }

  /** Forms and files of settings do to line breaks what they like. */
  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", " ", "\\n", "", "\n\n  "})
  void line_breaks_may_be_lost_or_replaced(String lineBreak) {
    var pem = GitHubAppApi.strangePrivateKey();

    var key = GitHubAppKey.of(new Secret("  " + pem.replace("\n", lineBreak) + " "));

    assertThat(key.token("1", NOW)).isEqualTo(GitHubAppKey.of(new Secret(pem)).token("1", NOW));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----",
        "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n-----END ENCRYPTED PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nMIIB\n-----END RSA PRIVATE"
            + " KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----\nMIIB",
      })
  void what_is_no_private_key_is_refused_and_not_repeated(String text) {
    assertThatThrownBy(() -> GitHubAppKey.of(new Secret(text)))
        .isInstanceOfSatisfying(
            InvalidSetting.class, e -> assertThat(e.field()).isEqualTo("secrets.privateKey"))
        .hasMessageNotContaining("MIIB");
  }

  private static KeyPair pair() throws Exception {
    return KeyPairGenerator.getInstance("RSA").generateKeyPair();
  }

  private static String pem(KeyPair pair) {
    return "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----"
        .formatted(Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded()));
  }

  private static JsonNode json(String text) {
    return text.startsWith("{")
        ? SourceJson.MAPPER.readTree(text)
        : SourceJson.MAPPER.readTree(Base64.getUrlDecoder().decode(text));
  }
}
