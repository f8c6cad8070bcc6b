package dev.pulse.local.launcher;

import dev.pulse.model.Role;
import dev.pulse.model.signing.Identity;
import dev.pulse.model.signing.OutgoingRequest;
import dev.pulse.model.signing.RequestSigner;
import dev.pulse.model.signing.SigningKeys;
import dev.pulse.model.signing.VisibleConnections;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;

/** Reads of etl-service itself, signed as the gateway signs them. */
final class SignedReads {

  private static final Identity ADMINISTRATOR =
      new Identity("user:1", Role.ADMIN.permissions(), VisibleConnections.all(), "bench");

  private final URI etl;
  private final RequestSigner signer;

  SignedReads(URI etl, Secrets secrets) {
    this.etl = etl;
    var keys = SigningKeys.read(secrets.internalKeys());
    this.signer = new RequestSigner(() -> keys, "gateway");
  }

  /** A fresh request for a path such as {@code /api/v1/jobs/status}. */
  HttpRequest of(String path, Duration patience) {
    var request = HttpRequest.newBuilder(etl.resolve(path)).timeout(patience);
    signer
        .sign(OutgoingRequest.get(path, null), ADMINISTRATOR, Instant.now())
        .forEach(request::header);
    return request.build();
  }
}
