package dev.pulse.backend.auth;

import dev.pulse.backend.platform.ApiTags;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The public keys by which others can check access tokens (RFC 7517). */
@RestController
@Tag(name = ApiTags.SIGNING_IN)
class JwksController {

  private final AuthKeys keys;

  JwksController(AuthKeys keys) {
    this.keys = keys;
  }

  @Operation(summary = "The public keys that access tokens are checked with")
  @GetMapping("/.well-known/jwks.json")
  Map<String, List<Map<String, String>>> jwks() {
    return keys.current().jwks();
  }
}
