package dev.pulse.etl.connectors.toy;

import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.SourceFailure.CredentialsRejected;
import dev.pulse.etl.connectors.SourceFailure.RateLimited;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.platform.http.HttpFailure;
import dev.pulse.etl.platform.http.Request;
import dev.pulse.etl.platform.http.SourceHttp;
import dev.pulse.etl.platform.json.SourceJson;
import dev.pulse.etl.platform.secret.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Asks a toy box, and turns what it refuses into what the engine understands. */
final class ToyClient implements AutoCloseable {

  private final URI box;
  private final Secret token;
  private final SourceHttp http;

  ToyClient(URI box, Secret token, SourceHttp http) {
    this.box = box;
    this.token = token;
    this.http = http;
  }

  record Reply(JsonNode list, Instant servedAt) {}

  String instance() {
    return box.getAuthority();
  }

  Reply list(String operation, String path) throws InterruptedException {
    try {
      var request = Request.get(operation, URI.create(box + path));
      var answer = http.send(request.with("Authorization", "Bearer " + token.reveal()));
      switch (answer.status()) {
        case 200 -> {}
        case 401 -> throw new CredentialsRejected("the key does not fit", "Look for another key.");
        case 403 -> throw new AccessDenied(operation + " is forbidden", "Ask whose board it is.");
        case 429 ->
            throw new RateLimited(
                "too many questions", answer.retryAfter().orElse(Duration.ofSeconds(60)));
        default -> throw new SourceUnavailable(operation + " answered " + answer.status(), null);
      }
      var json = SourceJson.MAPPER.readTree(answer.body());
      if (json.isArray()) return new Reply(json, answer.servedAt());
      throw new SourceUnavailable(operation + " answered no list", null);
    } catch (HttpFailure e) {
      throw new SourceUnavailable(String.valueOf(e.getMessage()), e);
    } catch (JacksonException e) {
      throw new SourceUnavailable(operation + " was not answered", e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
