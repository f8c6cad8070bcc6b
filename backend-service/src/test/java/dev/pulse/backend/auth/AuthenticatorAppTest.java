package dev.pulse.backend.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.backend.BackendTest;
import dev.pulse.backend.Browser;
import dev.pulse.backend.Browser.Reply;
import dev.pulse.model.Role;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** People with an authenticator app; of analysts one is required. */
@TestPropertySource(properties = "pulse.second-factor.required-of=ANALYST")
abstract class AuthenticatorAppTest extends BackendTest {

  static final String PATH = "/api/auth/second-factor";

  /** Somebody with an authenticator app, and recovery codes on paper. */
  record WithApp(Person person, Browser browser, byte[] secret, List<String> paper) {}

  final WithApp withApp(Role role) {
    var person = person(role);
    var browser = signedIn(person);
    return enrol(person, browser);
  }

  /** Half a minute passes, so that the next code is another one. */
  final WithApp enrol(Person person, Browser browser) {
    var begun = browser.post(PATH, json(Map.of("password", PASSWORD))).json();
    var secret = decoded(begun.path("secret").asString());
    var confirmed = browser.post(PATH + "/confirm", json(Map.of("code", code(secret))));
    assertThat(confirmed.status()).isEqualTo(200);
    clock.advance(Duration.ofSeconds(30));
    var paper = confirmed.json().path("codes").valueStream().map(each -> each.asString()).toList();
    return new WithApp(person, browser, secret, paper);
  }

  final String code(byte[] secret) {
    return Totp.code(secret, clock.instant());
  }

  static Reply login(Browser browser, String email, String password, String code) {
    return browser.post(
        "/api/auth/login", json(Map.of("email", email, "password", password, "code", code)));
  }

  static String proofs(String password, String code) {
    return json(Map.of("password", password, "code", code));
  }

  static String json(Map<String, String> fields) {
    return JsonMapper.shared().writeValueAsString(fields);
  }

  static ObjectNode bare(Reply reply) {
    return ((ObjectNode) reply.json()).remove(List.of("requestId"));
  }

  static byte[] decoded(String base32) {
    var number = BigInteger.ZERO;
    for (int i = 0; i < base32.length(); i++) {
      char letter = base32.charAt(i);
      int value = letter >= 'A' ? letter - 'A' : letter - '2' + 26;
      number = number.shiftLeft(5).or(BigInteger.valueOf(value));
    }
    var bytes = number.toByteArray();
    var secret = new byte[base32.length() * 5 / 8];
    int length = Math.min(bytes.length, secret.length);
    System.arraycopy(bytes, bytes.length - length, secret, secret.length - length, length);
    return secret;
  }
}
