package dev.pulse.backend.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.backend.SettableClock;
import dev.pulse.backend.platform.NotStartable;
import dev.pulse.backend.sessions.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthKeysTest {

  @TempDir private Path folder = Path.of("");

  private final SettableClock clock = new SettableClock();

  @Test
  void keys_are_made_once_and_for_their_owner_alone() throws IOException {
    var file = folder.resolve("keys");
    var first = new AuthKeys(file, clock).current();

    var second = new AuthKeys(file, clock).current();

    assertThat(second.jwks()).isEqualTo(first.jwks());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void keys_are_exchanged_under_way_and_nobody_is_signed_out() throws IOException {
    var file = folder.resolve("keys");
    var keys = new AuthKeys(file, clock);
    var tokens = new AccessTokens(keys, clock);
    var stamps = new Stamps(keys);
    var old = tokens.issue(session());
    var oldRefresh = new RefreshTokens(stamps).of(session());
    var lines = new ArrayList<>(KeyRing.fresh());
    var before = Files.readAllLines(file);

    lines.addAll(before);
    write(file, lines);

    var fresh = tokens.issue(session());
    assertThat(header(fresh)).isNotEqualTo(header(old));
    assertThat(tokens.session(old)).isPresent();
    assertThat(tokens.session(fresh)).isPresent();
    assertThat(new RefreshTokens(stamps).read(oldRefresh)).isPresent();
    assertThat(keys.current().jwks().get("keys")).hasSize(2);

    lines.removeAll(before);
    write(file, lines);

    assertThat(tokens.session(old)).isEmpty();
    assertThat(tokens.session(fresh)).isPresent();
    assertThat(new RefreshTokens(stamps).read(oldRefresh)).isEmpty();
  }

  @Test
  void a_file_that_was_spoiled_under_way_changes_nothing() throws IOException {
    var file = folder.resolve("keys");
    var keys = new AuthKeys(file, clock);
    var token = new AccessTokens(keys, clock).issue(session());

    write(file, List.of("es256:spoiled"));

    assertThat(new AccessTokens(keys, clock).session(token)).isPresent();
  }

  @Test
  void what_others_see_of_the_keys_is_public() throws IOException {
    var key = new AuthKeys(folder.resolve("keys"), clock).current().jwks().get("keys");

    assertThat(key).hasSize(1);
    assertThat(key.getFirst()).containsOnlyKeys("kty", "crv", "x", "y", "kid", "use", "alg");
    assertThat(key.getFirst()).containsEntry("alg", "ES256").containsEntry("crv", "P-256");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "es256:AAAA:BBBB",
        "hmac:AAAA",
        "hmac:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "something else",
      })
  void keys_that_are_none_end_the_start_with_a_sentence(String line) throws IOException {
    var file = Files.writeString(folder.resolve("keys"), line);

    assertThatThrownBy(() -> new AuthKeys(file, clock))
        .isInstanceOf(NotStartable.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void a_stamp_is_worth_nothing_for_another_purpose() {
    var stamps = new Stamps(new AuthKeys(folder.resolve("keys"), clock));
    var stamped = stamps.stamp(Stamps.Purpose.DEVICE, "7.x");

    assertThat(stamps.open(Stamps.Purpose.DEVICE, stamped)).contains("7.x");
    assertThat(stamps.open(Stamps.Purpose.REFRESH, stamped)).isEmpty();
    assertThat(stamps.open(Stamps.Purpose.DEVICE, stamped.replace(".7.", ".8."))).isEmpty();
  }

  private void write(Path file, List<String> lines) throws IOException {
    Files.write(file, lines);
    clock.advance(Duration.ofSeconds(6));
    Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
  }

  private static String header(String token) {
    return token.substring(0, token.indexOf('.'));
  }

  private static Session session() {
    var epoch = Instant.EPOCH;
    return new Session("AAAAAAAAAAAAAAAAAAAAAA", 7, "", "", epoch, epoch, epoch, 0);
  }
}
