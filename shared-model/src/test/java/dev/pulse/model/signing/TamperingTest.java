package dev.pulse.model.signing;

import static dev.pulse.model.signing.Messages.NOW;
import static dev.pulse.model.signing.Messages.change;
import static dev.pulse.model.signing.Messages.verify;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.model.signing.Messages.Wire;
import dev.pulse.model.signing.Verification.Refused;
import dev.pulse.model.signing.Verification.Verified;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that a signature covers, changed in every place. */
class TamperingTest {

  private static final Wire SENT = change();

  @Test
  void every_byte_of_the_request_line_and_of_the_body_counts() {
    for (var method : changes(SENT.method())) {
      assertRefused(new Wire(method, SENT.path(), SENT.query(), SENT.headers(), SENT.body()));
    }
    for (var path : changes(SENT.path())) {
      assertRefused(new Wire(SENT.method(), path, SENT.query(), SENT.headers(), SENT.body()));
    }
    for (var query : changes(String.valueOf(SENT.query()))) {
      assertRefused(withQuery(query));
    }
    assertRefused(withQuery(null));
    for (var body : changes(new String(SENT.body(), ISO_8859_1))) {
      assertThat(refusal(withBody(body.getBytes(ISO_8859_1))))
          .isEqualTo(new Refusal.DigestMismatch());
    }
    assertRefused(withBody(new byte[0]));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Digest",
        "Content-Type",
        "Pulse-Subject",
        "Pulse-Permissions",
        "Pulse-Connections",
        "Pulse-Request-Id",
        "Pulse-Api-Key",
        "Signature-Input",
        "Signature"
      })
  void every_byte_of_every_header_counts_and_so_do_its_absence_and_a_second_one(String name) {
    var value = SENT.header(name);

    for (var changed : changes(value)) assertRefused(SENT.with(name, changed));
    assertRefused(SENT.with(name));
    assertRefused(SENT.with(name, value, value));
    assertRefused(SENT.with(name, ""));
  }

  @Test
  void a_body_of_the_attackers_with_its_own_digest_is_refused() {
    var body = "{\"reason\":\"another\"}".getBytes(ISO_8859_1);

    var forged = withBody(body).with("Content-Digest", BodyDigest.header(body));

    assertThat(refusal(forged)).isEqualTo(new Refusal.WrongSignature());
  }

  @Test
  void a_content_type_that_was_not_signed_is_refused() {
    var read =
        Messages.signed(OutgoingRequest.get("/api/v1/jobs", null), Messages.ANNA, NOW)
            .with("Content-Type", "application/json");

    assertThat(refusal(read)).isEqualTo(new Refusal.ComponentMissing("content-type"));
  }

  @Test
  void a_right_signature_that_covers_less_is_refused() {
    var all = SignedHeaders.components(true);
    for (var missing : all) {
      var rest = all.stream().filter(each -> !each.equals(missing)).toList();

      assertThat(refusal(signedOver(rest, UnaryOperator.identity())))
          .isEqualTo(new Refusal.ComponentMissing(missing));
    }
  }

  @Test
  void a_right_signature_in_another_form_is_refused() {
    var all = SignedHeaders.components(true);
    assertThat(verify(signedOver(all, UnaryOperator.identity()), NOW)).isInstanceOf(Verified.class);

    assertRefused(signedOver(all.reversed(), UnaryOperator.identity()));
    assertRefused(
        signedOver(
            Stream.concat(all.stream(), Stream.of("@method")).toList(), UnaryOperator.identity()));
    for (UnaryOperator<String> other :
        List.<UnaryOperator<String>>of(
            text -> text + ";alg=\"hmac-sha256\"",
            text -> text.replace("\";keyid", "\" ;keyid"),
            text -> text.replace("\" \"", "\"  \""),
            text -> text.replace("pulse-subject\"", "pulse-subject\";sf"),
            text -> text.replaceFirst(";created=", ";created=1;created="),
            text -> text.replaceFirst(";created=\\d+", ""),
            text -> text.replaceFirst(";nonce=\"[^\"]+\"", ";nonce=\"short\""),
            text -> text.replaceFirst(";nonce=\"[^\"]+\"", ""))) {
      assertRefused(signedOver(all, other));
    }
    assertThat(
            refusal(signedOver(all, text -> text.replace("pulse-internal-1", "pulse-internal-2"))))
        .isEqualTo(new Refusal.WrongTag("pulse-internal-2"));
  }

  @Test
  void a_second_signature_beside_ours_is_refused() {
    var input = SENT.header("Signature-Input");
    var signature = SENT.header("Signature");

    assertRefused(
        SENT.with("Signature-Input", input + ", other" + input.substring(5))
            .with("Signature", signature + ", other" + signature.substring(5)));
    assertRefused(SENT.with("Signature", signature + ", other" + signature.substring(5)));
    assertRefused(SENT.with("Signature-Input", input.replace("pulse=", "other=")));
    assertRefused(
        SENT.with("Signature-Input", input.replace("pulse=", "other="))
            .with("Signature", signature.replace("pulse=", "other=")));
  }

  @Test
  void a_signature_that_is_cut_short_is_refused() {
    var bytes = SignatureParameters.parseSignature(SENT.header("Signature"));
    for (int length = 0; length < bytes.length; length++) {
      var cut = Base64.getEncoder().encodeToString(java.util.Arrays.copyOf(bytes, length));

      assertRefused(SENT.with("Signature", "pulse=:" + cut + ":"));
    }
  }

  /** Signed with the right key, but over what the test says. */
  private static Wire signedOver(List<String> names, UnaryOperator<String> form) {
    var parameters =
        form.apply(
            SignatureParameters.of(
                    names, NOW, java.time.Duration.ofSeconds(60), "AAAAAAAAAAAAAAAAAAAAAA", "g1")
                .text());
    var components = new LinkedHashMap<String, String>();
    for (var name : names) {
      components.put(
          name,
          switch (name) {
            case "@method" -> SENT.method();
            case "@path" -> SENT.path();
            case "@query" -> "?" + SENT.query();
            default -> SENT.header(name);
          });
    }
    var signature = Messages.KEYS.signer("gateway").sign(SignatureBase.of(components, parameters));
    return SENT.with("Signature-Input", "pulse=" + parameters)
        .with("Signature", "pulse=:" + Base64.getEncoder().encodeToString(signature) + ":");
  }

  private static Wire withQuery(@Nullable String query) {
    return new Wire(SENT.method(), SENT.path(), query, SENT.headers(), SENT.body());
  }

  private static Wire withBody(byte[] body) {
    return new Wire(SENT.method(), SENT.path(), SENT.query(), SENT.headers(), body);
  }

  /** The text with each character replaced, left out or doubled, and with one more at each end. */
  private static List<String> changes(String text) {
    var all = new ArrayList<String>();
    IntStream.range(0, text.length())
        .forEach(
            i -> {
              var before = text.substring(0, i);
              var after = text.substring(i + 1);
              char other = text.charAt(i) == 'A' ? 'B' : 'A';
              all.add(before + other + after);
              all.add(before + (char) (text.charAt(i) ^ 1) + after);
              all.add(before + (char) (text.charAt(i) ^ 0x20) + after);
              all.add(before + after);
              all.add(before + text.charAt(i) + text.charAt(i) + after);
            });
    all.add(text + "A");
    all.add("A" + text);
    return all.stream().filter(each -> !each.equals(text)).toList();
  }

  private static void assertRefused(Wire wire) {
    assertThat(verify(wire, NOW)).as("%s", wire).isInstanceOf(Refused.class);
  }

  private static Refusal refusal(Wire wire) {
    return ((Refused) verify(wire, NOW)).reason();
  }
}
