package dev.pulse.etl.platform.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.etl.platform.NotStartable;
import dev.pulse.etl.platform.secret.SecretBox.Place;
import dev.pulse.etl.platform.secret.SecretBox.SecretUnreadable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretBoxTest {

  private static final Place HERE = new Place("connection", 7, "token");
  private static final Secret TOKEN = new Secret("ghp_döner🥙");

  @TempDir Path folder;

  @Test
  void what_was_sealed_opens_and_looks_different_every_time() throws Exception {
    var box = box(line("a", random()));

    var first = box.seal(TOKEN, HERE);

    assertThat(box.open(first, HERE).reveal()).isEqualTo(TOKEN.reveal());
    assertThat(box.seal(TOKEN, HERE)).isNotEqualTo(first);
    assertThat(first).startsWith("v1.a.").doesNotContain(TOKEN.reveal());
  }

  @Test
  void every_flipped_bit_is_noticed() throws Exception {
    var box = box(line("a", random()));
    var sealed = box.seal(TOKEN, HERE);
    int first = "v1.a.".length();
    for (int part : new int[] {first, sealed.lastIndexOf('.') + 1}) {
      int end = part == first ? sealed.lastIndexOf('.') : sealed.length();
      var bytes = Base64.getUrlDecoder().decode(sealed.substring(part, end));
      for (int bit = 0; bit < bytes.length * 8; bit++) {
        bytes[bit / 8] ^= (byte) (1 << (bit % 8));
        var text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        var changed = sealed.substring(0, part) + text + sealed.substring(end);
        assertThatThrownBy(() -> box.open(changed, HERE)).isInstanceOf(SecretUnreadable.class);
        bytes[bit / 8] ^= (byte) (1 << (bit % 8));
      }
    }
  }

  @Test
  void a_shortened_or_senseless_value_does_not_open() throws Exception {
    var box = box(line("a", random()));
    var sealed = box.seal(TOKEN, HERE);

    for (int length = 0; length < sealed.length(); length++) {
      var cut = sealed.substring(0, length);
      assertThatThrownBy(() -> box.open(cut, HERE)).isInstanceOf(SecretUnreadable.class);
    }
    for (var other : List.of("v2" + sealed.substring(2), "plain", sealed + ".", "v1.a.%.%")) {
      assertThatThrownBy(() -> box.open(other, HERE)).isInstanceOf(SecretUnreadable.class);
    }
  }

  @Test
  void a_value_moved_to_another_place_does_not_open() throws Exception {
    var box = box(line("a", random()));
    var sealed = box.seal(TOKEN, HERE);

    for (var other :
        List.of(
            new Place("connection", 8, "token"),
            new Place("connection", 7, "password"),
            new Place("other", 7, "token"))) {
      assertThatThrownBy(() -> box.open(sealed, other)).isInstanceOf(SecretUnreadable.class);
    }
  }

  @Test
  void after_a_rotation_old_values_open_and_new_ones_use_the_new_key() throws Exception {
    var old = line("old", random());
    var sealed = box(old).seal(TOKEN, HERE);

    var rotated = box(line("new", random()), old);

    assertThat(rotated.open(sealed, HERE).reveal()).isEqualTo(TOKEN.reveal());
    assertThat(rotated.seal(TOKEN, HERE)).startsWith("v1.new.");
  }

  @Test
  void a_missing_key_is_named() throws Exception {
    var sealed = box(line("old", random())).seal(TOKEN, HERE);
    var without = box(line("new", random()));

    assertThatThrownBy(() -> without.open(sealed, HERE))
        .isInstanceOf(SecretUnreadable.class)
        .hasMessageContaining("key old");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                            | holds no key",
        "'# only a comment'            | holds no key",
        "nonsense                      | a line is not keyId:base64",
        "'a b:AAAA'                    | a line is not keyId:base64",
        "'a:???'                       | the key a is not base64",
        "'a:AAAA'                      | the key a has 3 bytes, not 32",
        "'a:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=' | the key a is not random",
        "'a:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=' | the key a is not random",
      })
  void a_bad_key_file_is_refused_in_one_sentence(String content, String sentence) {
    assertThatThrownBy(() -> box(content))
        .isInstanceOf(NotStartable.class)
        .hasMessageContaining("keys.txt")
        .hasMessageContaining(sentence);
  }

  @Test
  void a_key_id_that_is_there_twice_a_file_that_is_missing_or_no_text_are_refused()
      throws Exception {
    assertThatThrownBy(() -> box(line("a", random()), line("a", random())))
        .hasMessageContaining("the key id a is there twice");
    assertThatThrownBy(() -> new SecretBox(new SecretSettings(folder.resolve("nowhere"))))
        .isInstanceOf(NotStartable.class)
        .hasMessageContaining("nowhere is not there");
    assertThatThrownBy(() -> new SecretBox(new SecretSettings(folder)))
        .isInstanceOf(NotStartable.class)
        .hasMessageContaining("cannot be read");
    var binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertThatThrownBy(() -> new SecretBox(new SecretSettings(binary)))
        .isInstanceOf(NotStartable.class)
        .hasMessageContaining("no text");
    assertThatThrownBy(() -> new SecretBox(new SecretSettings(null)))
        .isInstanceOf(NotStartable.class)
        .hasMessageContaining("pulse.secrets.kek-file");
  }

  @Test
  void a_secret_prints_as_stars() {
    assertThat(TOKEN).hasToString("***");
    assertThat("%s".formatted(List.of(TOKEN))).isEqualTo("[***]");
  }

  private SecretBox box(String... lines) throws IOException {
    var file = Files.writeString(folder.resolve("keys.txt"), String.join("\n", lines));
    return new SecretBox(new SecretSettings(file));
  }

  private static String line(String id, byte[] key) {
    return id + ":" + Base64.getEncoder().encodeToString(key);
  }

  private static byte[] random() {
    var key = new byte[32];
    new SecureRandom().nextBytes(key);
    return key;
  }
}
