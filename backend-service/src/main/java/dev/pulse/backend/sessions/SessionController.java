package dev.pulse.backend.sessions;

import dev.pulse.backend.access.Caller;
import dev.pulse.backend.access.Caller.Browser;
import dev.pulse.backend.access.CurrentCaller;
import dev.pulse.backend.platform.ApiTags;
import dev.pulse.backend.platform.Problem;
import dev.pulse.backend.users.Users;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where a user is signed in, over REST. */
@RestController
@Tag(name = ApiTags.SESSIONS)
@RequestMapping("/api")
class SessionController {

  private final Sessions sessions;
  private final Callers callers;
  private final Users users;

  SessionController(Sessions sessions, Callers callers, Users users) {
    this.sessions = sessions;
    this.callers = callers;
    this.users = users;
  }

  /**
   * A session of the caller.
   *
   * @param current it is the one that asks
   */
  record SessionView(
      String id,
      String device,
      String address,
      Instant createdAt,
      Instant lastUsedAt,
      Instant expiresAt,
      boolean current) {}

  record SessionPage(List<SessionView> items, @Nullable String next) {}

  @Operation(summary = "Where one is signed in")
  @GetMapping("/sessions")
  SessionPage list(@CurrentCaller Caller caller) {
    var views =
        sessions.list(caller.userId()).stream()
            .map(
                each ->
                    new SessionView(
                        each.id(),
                        each.device(),
                        each.address(),
                        each.createdAt(),
                        each.lastUsedAt(),
                        each.expiresAt(),
                        caller.proof().equals(new Browser(each.id()))))
            .toList();
    return new SessionPage(views, null);
  }

  /** Ends one; effective everywhere within seconds. */
  @Operation(summary = "End one of one's sessions")
  @DeleteMapping("/sessions/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void end(@CurrentCaller Caller caller, @PathVariable String id) {
    if (!sessions.end(caller.userId(), id)) {
      throw Problem.notFound("session", id);
    }
    callers.recheck();
  }

  /** Ends all, the one that asks included. */
  @Operation(summary = "End all of one's sessions")
  @DeleteMapping("/sessions")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void endAll(@CurrentCaller Caller caller) {
    sessions.endAll(caller.userId(), null, EndReason.REVOKED);
    callers.recheck();
  }

  /** Ends all of somebody. */
  @Operation(summary = "End all sessions of a user")
  @DeleteMapping("/users/{id}/sessions")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void endAllOf(@PathVariable long id) {
    sessions.endAll(users.require(id).id(), null, EndReason.REVOKED);
    callers.recheck();
  }
}
