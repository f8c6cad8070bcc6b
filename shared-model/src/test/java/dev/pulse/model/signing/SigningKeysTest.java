package dev.pulse.model.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.model.signing.SigningKeys.UnusableKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SigningKeysTest {

  private static final String GOOD = SigningKeys.fresh("gateway", "g1");

  @TempDir Path folder;

  @Test
  void of_each_caller_the_first_signs_and_all_are_found() {
    var keys =
        SigningKeys.of(
            List.of(
                "# keys",
                "",
                GOOD,
                SigningKeys.fresh("other", "o1"),
                SigningKeys.fresh("gateway", "g2")));

    assertThat(keys.signer("gateway").id()).isEqualTo("g1");
    assertThat(keys.find("g2")).get().extracting(SigningKey::caller).isEqualTo("gateway");
    assertThat(keys.find("g3")).isEmpty();
    assertThatThrownBy(() -> keys.signer("nobody")).hasMessage("there is no key of nobody");
  }

  @Test
  void nothing_of_a_key_is_printed() {
    var key = SigningKeys.of(List.of(GOOD)).signer("gateway");

    assertThat(key).hasToString("gateway:g1:***");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          gateway:g1                             | line 1 is not caller:keyId:secret:apiKey
          gateway:g1:SECRET:APIKEY:more          | line 1 is not caller:keyId:secret:apiKey
          Gateway:g1:SECRET:APIKEY               | line 1: caller and key id are of a-z, 0-9 and '-', 32 at most
          gateway::SECRET:APIKEY                 | line 1: caller and key id are of a-z, 0-9 and '-', 32 at most
          gateway:g1:***:APIKEY                  | the secret of g1 is not base64
          gateway:g1:c2hvcnQ=:APIKEY             | the secret of g1 has 5 bytes, not 32 or more
          gateway:g1:ZEROS:APIKEY                | the secret of g1 is not random
          gateway:g1:WORDS:APIKEY                | the secret of g1 is not random
          gateway:g1:SECRET:sha256=00            | the hash of the API key of g1 is not 64 digits 0-9a-f
          gateway:g1:SECRET:pk_g2_x              | the API key of g1 is not pk_g1_ and 32 random bytes in base64url, or sha256= and its hash
          gateway:g1:SECRET:pk_g1_short          | the API key of g1 is not pk_g1_ and 32 random bytes in base64url, or sha256= and its hash
          gateway:g1:SECRET:pk_g1_REPEATED       | the API key of g1 is not pk_g1_ and 32 random bytes in base64url, or sha256= and its hash
          """)
  void weak_and_malformed_keys_are_refused_without_showing_them(String line, String message) {
    var parts = GOOD.split(":", -1);
    var whole =
        line.replace("SECRET", parts[2])
            .replace("APIKEY", parts[3])
            .replace("ZEROS", Base64.getEncoder().encodeToString(new byte[32]))
            .replace(
                "WORDS", Base64.getEncoder().encodeToString("change-me".repeat(4).getBytes(UTF_8)))
            .replace("REPEATED", "a".repeat(43));

    assertThatThrownBy(() -> SigningKeys.of(List.of(whole)))
        .isInstanceOf(UnusableKeys.class)
        .hasMessage(message);
  }

  @Test
  void an_empty_file_and_a_key_id_given_twice_are_refused() {
    assertThatThrownBy(() -> SigningKeys.of(List.of("# none"))).hasMessage("there is no key");
    assertThatThrownBy(() -> SigningKeys.of(List.of(GOOD, SigningKeys.fresh("other", "g1"))))
        .hasMessage("the key id g1 is there twice");
    var nowhere = folder.resolve("nowhere");
    assertThatThrownBy(() -> SigningKeys.read(nowhere))
        .hasMessage("the key file " + nowhere + " is not there");
  }

  @Test
  void a_file_that_changes_is_read_again_and_one_that_is_spoilt_is_not() throws IOException {
    var file = folder.resolve("keys");
    Files.writeString(file, GOOD);
    var now = new AtomicReference<>(Instant.parse("2026-11-27T10:00:00Z"));
    InstantSource source = now::get;
    Clock clock = source.withZone(ZoneOffset.UTC);
    var keys = new SigningKeysFile(file, clock);

    write(file, SigningKeys.fresh("gateway", "g2"), 1);
    assertThat(keys.get().signer("gateway").id()).isEqualTo("g1");
    now.updateAndGet(instant -> instant.plusSeconds(5));
    assertThat(keys.get().signer("gateway").id()).isEqualTo("g2");

    write(file, "spoilt", 2);
    now.updateAndGet(instant -> instant.plusSeconds(5));
    assertThat(keys.get().signer("gateway").id()).isEqualTo("g2");
  }

  private static void write(Path file, String text, int version) throws IOException {
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.fromMillis(version * 10_000L));
  }
}
