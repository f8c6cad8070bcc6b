package dev.pulse.backend.gateway;

import dev.pulse.backend.access.Caller;
import dev.pulse.backend.platform.NotStartable;
import dev.pulse.backend.platform.Problem;
import dev.pulse.backend.platform.RequestIds;
import dev.pulse.model.ProblemKind;
import dev.pulse.model.signing.Identity;
import dev.pulse.model.signing.OutgoingRequest;
import dev.pulse.model.signing.RequestSigner;
import dev.pulse.model.signing.SigningKeys.UnusableKeys;
import dev.pulse.model.signing.SigningKeysFile;
import dev.pulse.model.signing.VisibleConnections;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Tells etl-service, so that it can believe it, for whom a request is sent. */
@Component
class Signatures {

  /** As the gateway is called in the key files. */
  private static final String CALLER = "gateway";

  private final RequestSigner signer;
  private final Clock clock;

  /** {@code pulse.internal.keys-file}: the keys that etl-service verifies with, too. */
  Signatures(@Value("${pulse.internal.keys-file:}") @Nullable Path file, Clock clock) {
    if (file == null || file.toString().isEmpty()) {
      throw new NotStartable(
          "set PULSE_INTERNAL_KEYS_FILE to the file of the keys that sign requests to etl-service");
    }
    try {
      this.signer = new RequestSigner(new SigningKeysFile(file, clock), CALLER);
    } catch (UnusableKeys e) {
      throw new NotStartable("PULSE_INTERNAL_KEYS_FILE cannot be used: " + e.getMessage(), e);
    }
    this.clock = clock;
  }

  /** The headers to add. */
  Map<String, String> of(String method, Target target, RequestBody body, Caller caller) {
    var request =
        new OutgoingRequest(method, target.path(), target.query(), body.type(), body.bytes());
    try {
      return signer.sign(request, identity(caller), clock.instant());
    } catch (IllegalArgumentException e) {
      throw new Problem(ProblemKind.INVALID_INPUT, "The request has a part that cannot be signed.");
    }
  }

  private static Identity identity(Caller caller) {
    var visible = caller.connections();
    return new Identity(
        caller.subject(),
        caller.permissions(),
        visible == null ? VisibleConnections.all() : VisibleConnections.only(visible),
        Objects.requireNonNull(MDC.get(RequestIds.MDC_KEY), "every request has an id"));
  }
}
