package dev.pulse.etl.alerts;

import dev.pulse.etl.platform.http.HttpFailure;
import dev.pulse.etl.platform.http.Network;
import dev.pulse.etl.platform.http.Request;
import dev.pulse.etl.platform.http.SourceHttpFactory;
import dev.pulse.etl.platform.secret.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Posts messages as JSON, signed with the secret of the alert, to where sources may be too: public
 * addresses over https, and networks that the operator has allowed.
 */
@Component
class WebhookChannel {

  static final String SIGNATURE = "X-Pulse-Signature-256";
  static final String DELIVERY = "X-Pulse-Delivery";

  private final SourceHttpFactory http;
  private final JsonMapper json;
  private final Clock clock;

  WebhookChannel(SourceHttpFactory http, JsonMapper json, Clock clock) {
    this.http = http;
    this.json = json;
    this.clock = clock;
  }

  /**
   * What a receiver gets.
   *
   * @param text the first field, and named so that chats show it as it is
   * @param sentAt signed too: an old message that comes again can be told
   */
  record Body(
      String text,
      String id,
      Message.Kind kind,
      String alert,
      @Nullable Condition condition,
      String subject,
      Instant since,
      Instant sentAt) {}

  void send(Message message, String url, Secret secret) throws NotDelivered, InterruptedException {
    var uri = URI.create(url);
    var body = json.writeValueAsString(body(message));
    try (var receiver = http.open("alerts", uri, Network.DIRECT)) {
      var answer =
          receiver.send(
              Request.post("webhook", uri, body)
                  .with(DELIVERY, message.id())
                  .with(SIGNATURE, "sha256=" + signature(body, secret)));
      if (answer.status() / 100 != 2) {
        throw new NotDelivered("the receiver answered " + answer.status());
      }
    } catch (HttpFailure e) {
      throw new NotDelivered(String.valueOf(e.getMessage()), e);
    }
  }

  private Body body(Message message) {
    return new Body(
        message.text(),
        message.id(),
        message.kind(),
        message.alert().name(),
        message.condition(),
        message.subject(),
        message.since(),
        clock.instant());
  }

  private static String signature(String body, Secret secret) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC with SHA-256", e);
    }
  }
}
