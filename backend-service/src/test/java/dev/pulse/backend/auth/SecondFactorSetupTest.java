package dev.pulse.backend.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.backend.platform.SecretText;
import dev.pulse.model.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** Setting a second factor up, switching it off, and how its secret is kept. */
class SecondFactorSetupTest extends AuthenticatorAppTest {

  @Autowired SecondFactors factors;
  @Autowired Seals seals;

  @Value("${pulse.auth.keys-file}")
  private Path keys = Path.of("");

  @Test
  void the_secret_is_shown_once_and_counts_from_its_first_code_on() {
    var person = person(Role.OPERATOR);
    var browser = signedIn(person);

    var begun = browser.post(PATH, json(Map.of("password", PASSWORD)));

    assertThat(begun.status()).isEqualTo(201);
    var uri = URI.create(begun.json().path("uri").asString());
    assertThat(uri.getScheme() + "://" + uri.getHost() + uri.getPath())
        .isEqualTo("otpauth://totp/Pulse:" + person.email());
    assertThat(uri.getQuery())
        .isEqualTo(
            "secret=%s&issuer=Pulse&algorithm=SHA1&digits=6&period=30"
                .formatted(begun.json().path("secret").asString()));
    assertThat(signedIn(person).get(PATH).json().path("on").asBoolean()).isFalse();

    var secret = decoded(begun.json().path("secret").asString());
    assertThat(browser.post(PATH + "/confirm", "{\"code\":\"000000\"}").status()).isEqualTo(400);
    var confirmed = browser.post(PATH + "/confirm", json(Map.of("code", code(secret))));

    assertThat(confirmed.status()).isEqualTo(200);
    assertThat(confirmed.json().path("codes")).hasSize(10);
    var state = browser.get(PATH);
    assertThat(state.json().path("on").asBoolean()).isTrue();
    assertThat(state.json().path("recoveryCodesLeft").asInt()).isEqualTo(10);
    assertThat(browser.post(PATH, json(Map.of("password", PASSWORD))).code())
        .isEqualTo("SECOND_FACTOR_SET_UP");
    assertThat(audit()).contains("second-factor.enable " + person.id());
    var stored =
        jdbc.sql("select secret from second_factor where user_id = ?")
            .param(person.id())
            .query(byte[].class)
            .single();
    assertThat(HexFormat.of().formatHex(stored)).doesNotContain(HexFormat.of().formatHex(secret));
  }

  @Test
  void it_is_switched_off_with_password_and_code_alone() {
    var somebody = withApp(Role.VIEWER);
    var off = PATH + "/disable";
    var browser = somebody.browser();

    assertThat(browser.post(off, proofs("not the password", code(somebody.secret()))).status())
        .isEqualTo(400);
    assertThat(browser.post(off, proofs(PASSWORD, "000000")).status()).isEqualTo(400);
    assertThat(browser.post(off, proofs(PASSWORD, code(somebody.secret()))).status())
        .isEqualTo(204);

    assertThat(browser().login(somebody.person().email(), PASSWORD).status()).isEqualTo(200);
    assertThat(browser.post(off, proofs(PASSWORD, "000000")).code()).isEqualTo("SECOND_FACTOR_OFF");
    assertThat(audit()).contains("second-factor.disable " + somebody.person().id());
  }

  @Test
  void an_administrator_resets_that_of_others_and_not_their_own() {
    var somebody = withApp(Role.VIEWER);
    var admin = withApp(Role.ADMIN);
    var path = "/api/users/%d/second-factor";

    assertThat(admin.browser().delete(path.formatted(somebody.person().id())).status())
        .isEqualTo(204);
    assertThat(admin.browser().delete(path.formatted(admin.person().id())).code())
        .isEqualTo("OWN_SECOND_FACTOR");

    assertThat(browser().login(somebody.person().email(), PASSWORD).status()).isEqualTo(200);
    assertThat(audit()).contains("second-factor.reset " + somebody.person().id());
  }

  @Test
  void whose_role_requires_it_does_nothing_before() {
    var person = person(Role.ANALYST);
    var browser = signedIn(person);

    assertThat(browser.get("/api/auth/profile").json().path("secondFactorMissing").asBoolean())
        .isTrue();
    assertThat(browser.get("/api/etl/jobs").code()).isEqualTo("SECOND_FACTOR_SETUP_REQUIRED");
    assertThat(
            browser
                .post(
                    "/api/tokens",
                    "{\"name\":\"around it\",\"permissions\":[\"jobs:read\"],\"days\":1}")
                .code())
        .isEqualTo("SECOND_FACTOR_SETUP_REQUIRED");

    enrol(person, browser);

    assertThat(browser.get("/api/tokens").status()).isEqualTo(200);
    assertThat(browser.get("/api/auth/profile").json().path("secondFactorMissing").asBoolean())
        .isFalse();
  }

  @Test
  void a_secret_opens_for_its_row_alone() {
    var kept = seals.seal(new byte[] {1, 2, 3}, "second_factor 7");

    assertThat(seals.open(kept, "second_factor 7")).contains(new byte[] {1, 2, 3});
    assertThat(seals.open(kept, "second_factor 8")).isEmpty();
    kept.bytes()[kept.bytes().length - 1] ^= 1;
    assertThat(seals.open(kept, "second_factor 7")).isEmpty();
  }

  @Test
  void a_key_is_exchanged_without_anybody_losing_the_app() throws IOException {
    var somebody = withApp(Role.VIEWER);
    var before = Files.readAllLines(keys);
    var old = before.stream().filter(line -> line.startsWith("hmac:")).findFirst().orElseThrow();
    var lines = new ArrayList<>(before);
    lines.add(0, "hmac:" + Base64.getEncoder().encodeToString(SecretText.bytes(256)));
    write(lines);

    assertThat(factors.sealAgain()).isPositive();
    assertThat(factors.sealAgain()).isZero();
    lines.remove(old);
    write(lines);

    var email = somebody.person().email();
    assertThat(login(browser(), email, PASSWORD, code(somebody.secret())).status()).isEqualTo(200);
  }

  private void write(List<String> lines) throws IOException {
    Files.write(keys, lines);
    clock.advance(Duration.ofSeconds(6));
    Files.setLastModifiedTime(keys, FileTime.from(clock.instant()));
  }
}
