package dev.pulse.backend.auth;

import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The public keys by which others can check access tokens (RFC 7517). */
@RestController
class JwksController {

  private final AuthKeys keys;

  JwksController(AuthKeys keys) {
    this.keys = keys;
  }

  @GetMapping("/.well-known/jwks.json")
  Map<String, List<Map<String, String>>> jwks() {
    return keys.current().jwks();
  }
}
