package dev.pulse.etl.platform.access;

import dev.pulse.etl.platform.audit.Actor;
import dev.pulse.etl.platform.problem.Problem;
import dev.pulse.model.signing.Identity;
import dev.pulse.model.signing.IncomingRequest;
import dev.pulse.model.signing.Refusal;
import dev.pulse.model.signing.Refusal.Stale;
import dev.pulse.model.signing.RequestVerifier;
import dev.pulse.model.signing.SignedHeaders;
import dev.pulse.model.signing.SigningKeysFile;
import dev.pulse.model.signing.Verification.Refused;
import dev.pulse.model.signing.Verification.Verified;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Lets a request for the API pass if a known service has signed it just now, from an address that
 * is allowed, and if a change has not been let pass before. Whoever it was sent for is then the
 * actor. It is the second filter: the one before says under which names the service is asked.
 */
@Component
@Order(10)
class SignedRequests extends OncePerRequestFilter {

  private static final Logger log = LoggerFactory.getLogger(SignedRequests.class);

  /** The request attribute that holds the {@link Identity} once it is verified. */
  static final String IDENTITY = Identity.class.getName();

  /** Asked by whoever watches over processes, and tells no secret. */
  private static final Set<String> HEALTH = Set.of("/health", "/health/live", "/health/ready");

  private static final Set<String> READING = Set.of("GET", "HEAD");
  private static final Actor UNVERIFIED = new Actor("unverified");
  private static final int LARGEST_BODY = 1024 * 1024;

  private final @Nullable RequestVerifier verifier;
  private final AllowedAddresses addresses;
  private final Nonces nonces;
  private final RefusedRequests refused;
  private final HandlerExceptionResolver problems;
  private final Clock clock;

  SignedRequests(
      InternalSettings settings,
      AllowedAddresses addresses,
      Nonces nonces,
      RefusedRequests refused,
      @Lazy @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems,
      Clock clock) {
    this.verifier = verifier(settings, clock);
    this.addresses = addresses;
    this.nonces = nonces;
    this.refused = refused;
    this.problems = problems;
    this.clock = clock;
  }

  private static @Nullable RequestVerifier verifier(InternalSettings settings, Clock clock) {
    return settings.keysFile() == null
        ? null
        : new RequestVerifier(new SigningKeysFile(settings.keysFile(), clock));
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var signatures = verifier;
    if (signatures == null || HEALTH.contains(request.getRequestURI())) {
      chain.doFilter(request, response);
      return;
    }
    HttpServletRequest accepted;
    try {
      accepted = accept(signatures, request, response);
    } catch (Problem problem) {
      problems.resolveException(request, response, null, problem);
      return;
    }
    chain.doFilter(accepted, response);
  }

  /** The request, whose body can be read again; or the problem that it is refused with. */
  private HttpServletRequest accept(
      RequestVerifier signatures, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    request.setAttribute(Actor.ATTRIBUTE, UNVERIFIED);
    if (!addresses.allow(request.getRemoteAddr())) {
      throw refused.of(
          request,
          HttpStatus.FORBIDDEN,
          "FOREIGN_ADDRESS",
          "This service is not asked from this address.");
    }
    if (!request.getRequestURI().startsWith("/api/")) return request; // of the documentation
    boolean bare = request.getHeader(SignedHeaders.SIGNATURE) == null;
    var body = bare ? new byte[0] : body(request);
    switch (signatures.verify(arrived(request, body), clock.instant())) {
      case Refused(var reason) -> throw unverified(request, reason);
      case Verified verified -> {
        if (!READING.contains(request.getMethod())) acceptOnce(request, verified);
        identify(request, response, verified.identity());
      }
    }
    return body.length == 0 ? request : new BufferedRequest(request, body);
  }

  /**
   * Of two nodes whose clocks differ, each request is refused: whoever looks must see by how much.
   */
  private Problem unverified(HttpServletRequest request, Refusal reason) {
    if (reason instanceof Stale(var seconds)) {
      log.warn(
          "A request from {} was signed {} seconds ago by the clock of this node; if that is"
              + " always so, their clocks differ",
          request.getRemoteAddr(),
          seconds);
    }
    return refused.of(request, HttpStatus.UNAUTHORIZED, reason.code(), reason.sentence());
  }

  private void acceptOnce(HttpServletRequest request, Verified verified) {
    if (nonces.accept(verified.keyId(), verified.nonce(), verified.worthlessFrom())) return;
    throw refused.of(
        request,
        HttpStatus.UNAUTHORIZED,
        "REPLAYED",
        "The same signed request has been accepted before.");
  }

  private static void identify(
      HttpServletRequest request, HttpServletResponse response, Identity identity) {
    request.setAttribute(IDENTITY, identity);
    request.setAttribute(Actor.ATTRIBUTE, new Actor(identity.subject()));
    response.setHeader("X-Request-Id", identity.requestId());
    MDC.put("requestId", identity.requestId());
  }

  private static IncomingRequest arrived(HttpServletRequest request, byte[] body) {
    return new IncomingRequest(
        request.getMethod(),
        request.getRequestURI(),
        request.getQueryString(),
        name -> Collections.list(request.getHeaders(name)),
        body);
  }

  private static byte[] body(HttpServletRequest request) throws IOException {
    var body = request.getInputStream().readNBytes(LARGEST_BODY + 1);
    if (body.length <= LARGEST_BODY) return body;
    throw new Problem(
        HttpStatus.CONTENT_TOO_LARGE,
        "CONTENT_TOO_LARGE",
        "The body is too large",
        "A body has %d bytes at most.".formatted(LARGEST_BODY),
        "Send less at once.",
        List.of());
  }
}
