package dev.pulse.model.signing;

import static dev.pulse.model.signing.Messages.ANNA;
import static dev.pulse.model.signing.Messages.KEYS;
import static dev.pulse.model.signing.Messages.NOW;
import static dev.pulse.model.signing.Messages.change;
import static dev.pulse.model.signing.Messages.signed;
import static dev.pulse.model.signing.Messages.verify;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.model.signing.Messages.Wire;
import dev.pulse.model.signing.Verification.Refused;
import dev.pulse.model.signing.Verification.Verified;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestSigningTest {

  @Test
  void what_was_signed_is_who_it_says() {
    assertThat(verify(change(), NOW))
        .isInstanceOfSatisfying(
            Verified.class,
            verified -> {
              assertThat(verified.caller()).isEqualTo("gateway");
              assertThat(verified.identity()).isEqualTo(ANNA);
              assertThat(verified.nonce()).hasSize(22);
              assertThat(verified.worthlessFrom()).isEqualTo(NOW.plusSeconds(90));
            });
  }

  @Test
  void reading_is_signed_too_without_a_body() {
    var everything = new Identity("user:1", Set.of(), VisibleConnections.all(), "r");
    var wire = signed(OutgoingRequest.get("/api/v1/jobs", null), everything, NOW);

    assertThat(wire.header(SignedHeaders.SIGNATURE_INPUT)).doesNotContain("content-type");
    assertThat(wire.header(SignedHeaders.CONNECTIONS)).isEqualTo("*");
    assertThat(wire.header(SignedHeaders.PERMISSIONS)).isEqualTo("none");
    assertThat(verify(wire, NOW))
        .isInstanceOfSatisfying(
            Verified.class, it -> assertThat(it.identity()).isEqualTo(everything));
  }

  @Test
  void every_signature_has_a_nonce_of_its_own() {
    assertThat(change().header(SignedHeaders.SIGNATURE))
        .isNotEqualTo(change().header(SignedHeaders.SIGNATURE));
  }

  @ParameterizedTest
  @ValueSource(longs = {-30, 0, 30})
  void half_a_minute_is_accepted_either_way(long seconds) {
    assertThat(verify(change(), NOW.plusSeconds(seconds))).isInstanceOf(Verified.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {-3600, -31, 31, 59, 61, 86_400})
  void more_is_stale(long seconds) {
    assertThat(refusal(change(), NOW.plusSeconds(seconds))).isEqualTo(new Refusal.Stale(seconds));
  }

  @Test
  void a_request_without_a_signature_is_refused_as_such() {
    var bare = new Wire("GET", "/api/v1/jobs", null, java.util.Map.of(), new byte[0]);

    assertThat(refusal(bare, NOW)).isEqualTo(new Refusal.Unsigned());
  }

  @Test
  void an_api_key_belongs_to_its_signing_key() {
    var ofOther = KEYS.signer("other").apiKey().orElseThrow();

    assertThat(refusal(change().with(SignedHeaders.API_KEY, ofOther), NOW))
        .isEqualTo(new Refusal.WrongApiKey("g1"));
    assertThat(refusal(change().with(SignedHeaders.API_KEY), NOW))
        .isEqualTo(new Refusal.WrongApiKey("g1"));
  }

  @Test
  void whoever_has_only_the_hash_of_an_api_key_verifies_and_cannot_send() {
    var line = SigningKeys.fresh("gateway", "g2");
    var sending = SigningKeys.of(List.of(line));
    var receiving = SigningKeys.of(List.of(SigningKeys.receiving(line)));
    var wire = signed(sending, OutgoingRequest.get("/api/v1/jobs", null), ANNA, NOW);

    assertThat(new RequestVerifier(() -> receiving).verify(wire.arrived(), NOW))
        .isInstanceOf(Verified.class);
    assertThatThrownBy(() -> new RequestSigner(() -> receiving, "gateway"))
        .hasMessage("the key g2 of gateway has no API key, only its hash");
  }

  @Test
  void while_keys_are_exchanged_the_old_and_the_new_are_accepted_and_afterwards_the_new_alone() {
    var old = SigningKeys.fresh("gateway", "g1");
    var young = SigningKeys.fresh("gateway", "g2");
    var request = OutgoingRequest.get("/api/v1/jobs", null);
    var before = signed(SigningKeys.of(List.of(old, young)), request, ANNA, NOW);
    var after = signed(SigningKeys.of(List.of(young, old)), request, ANNA, NOW);

    var overlap = new RequestVerifier(() -> SigningKeys.of(List.of(young, old)));
    assertThat(overlap.verify(before.arrived(), NOW)).isInstanceOf(Verified.class);
    assertThat(overlap.verify(after.arrived(), NOW)).isInstanceOf(Verified.class);

    var end = new RequestVerifier(() -> SigningKeys.of(List.of(young)));
    assertThat(end.verify(before.arrived(), NOW))
        .isEqualTo(new Refused(new Refusal.UnknownKey("g1")));
    assertThat(end.verify(after.arrived(), NOW)).isInstanceOf(Verified.class);
  }

  @Test
  void the_life_that_a_signature_gives_itself_is_bounded() {
    var components = SignedHeaders.components(false);
    for (var life : List.of(Duration.ofSeconds(61), Duration.ZERO, Duration.ofSeconds(-5))) {
      var input =
          SignatureParameters.of(components, NOW, life, "AAAAAAAAAAAAAAAAAAAAAA", "g1").text();
      var wire =
          signed(OutgoingRequest.get("/api/v1/jobs", null), ANNA, NOW)
              .with(SignedHeaders.SIGNATURE_INPUT, "pulse=" + input);

      assertThat(refusal(wire, NOW)).isEqualTo(new Refusal.Stale(0));
    }
  }

  @Test
  void what_cannot_stand_in_a_header_is_not_signed() {
    assertThatThrownBy(() -> signed(OutgoingRequest.get("/api/v1/a b\nc", null), ANNA, NOW))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Identity("user 7", Set.of(), VisibleConnections.all(), "r"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Refusal refusal(Wire wire, java.time.Instant now) {
    return ((Refused) verify(wire, now)).reason();
  }
}
