package dev.pulse.backend.auth;

import dev.pulse.backend.access.Caller;
import dev.pulse.backend.access.CurrentCaller;
import dev.pulse.backend.auth.RefreshTokens.Content;
import dev.pulse.backend.platform.ApiTags;
import dev.pulse.backend.platform.ClientAddresses;
import dev.pulse.backend.platform.Problem;
import dev.pulse.backend.platform.PublicAddress;
import dev.pulse.backend.sessions.Callers;
import dev.pulse.backend.sessions.SecondFactorSettings;
import dev.pulse.backend.sessions.Sessions;
import dev.pulse.backend.users.User;
import dev.pulse.backend.users.Users;
import dev.pulse.model.Permission;
import dev.pulse.model.ProblemKind;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Signing in and out, over REST. Tokens travel in cookies only, never in a body. */
@RestController
@Tag(name = ApiTags.SIGNING_IN)
@RequestMapping("/api/auth")
class AuthController {

  private static final ProblemKind SESSION_OVER =
      new ProblemKind(401, "SESSION_OVER", "The session is over", "Sign in again.");

  private final Login login;
  private final Users users;
  private final Sessions sessions;
  private final Callers callers;
  private final Cookies cookies;
  private final RefreshTokens refreshTokens;
  private final AccessTokens accessTokens;
  private final KnownDevices devices;
  private final ClientAddresses addresses;
  private final PublicAddress publicAddress;
  private final SecondFactorSettings secondFactor;

  AuthController(
      Login login,
      Users users,
      Sessions sessions,
      Callers callers,
      Cookies cookies,
      RefreshTokens refreshTokens,
      AccessTokens accessTokens,
      KnownDevices devices,
      ClientAddresses addresses,
      PublicAddress publicAddress,
      SecondFactorSettings secondFactor) {
    this.login = login;
    this.users = users;
    this.sessions = sessions;
    this.callers = callers;
    this.cookies = cookies;
    this.refreshTokens = refreshTokens;
    this.accessTokens = accessTokens;
    this.devices = devices;
    this.addresses = addresses;
    this.publicAddress = publicAddress;
    this.secondFactor = secondFactor;
  }

  /**
   * What one signs in with.
   *
   * @param code of whoever has a second factor: that of the app, or a recovery code
   */
  record LoginInput(
      @NotBlank @Size(max = 254) String email,
      @NotNull @Size(min = 1, max = 256) String password,
      @Nullable @Size(max = 100) String code) {

    @Override
    public String toString() {
      return "LoginInput[***]";
    }
  }

  /**
   * A password and its successor.
   *
   * @param current the one that is in use
   */
  record PasswordInput(
      @NotNull @Size(min = 1, max = 256) String current,
      @NotNull @Size(max = 256) String password) {

    @Override
    public String toString() {
      return "PasswordInput[***]";
    }
  }

  /**
   * What a link lets its bearer do.
   *
   * @param token what stands behind the # of the link
   */
  record LinkInput(
      @NotNull @Size(max = 100) String token, @NotNull @Size(max = 256) String password) {

    @Override
    public String toString() {
      return "LinkInput[***]";
    }
  }

  record ProfileInput(@NotBlank @Size(max = 100) @Pattern(regexp = "[^\\p{Cntrl}]*") String name) {}

  /**
   * Who is signed in.
   *
   * @param permissions keys of what the user may do
   * @param insecure everybody on the way can read what is sent; every page has to say so
   * @param secondFactorMissing has to set one up before anything else
   */
  record Profile(
      User user, List<String> permissions, boolean insecure, boolean secondFactorMissing) {}

  @Operation(summary = "Sign in; the session comes as cookies")
  @PostMapping("/login")
  ResponseEntity<Profile> login(@Valid @RequestBody LoginInput input, HttpServletRequest request) {
    var origin =
        new Origin(
            addresses.of(request),
            addresses.network(request),
            request.getHeader(HttpHeaders.USER_AGENT),
            cookies.device(request));
    var session = login.enter(input.email(), input.password(), input.code(), origin);
    var headers = cookies.carrying(session);
    var device = origin.deviceCookie().flatMap(sent -> devices.recognise(sent, session.userId()));
    if (device.isEmpty()) {
      headers.addAll(cookies.introducing(devices.introduce(session.userId())));
    }
    return ResponseEntity.ok().headers(headers).body(profile(users.require(session.userId())));
  }

  /** Lets the session go on; to be called when the access cookie has expired. */
  @Operation(summary = "Let the session go on")
  @PostMapping("/refresh")
  ResponseEntity<Void> refresh(HttpServletRequest request) {
    return cookies
        .refresh(request)
        .flatMap(refreshTokens::read)
        .flatMap(token -> sessions.renew(token.session(), token.generation()))
        .map(session -> ResponseEntity.noContent().headers(cookies.carrying(session)).<Void>build())
        .orElseThrow(() -> new Problem(SESSION_OVER, "It was ended, or not used for too long."));
  }

  /** Ends the session, also one whose access cookie has expired; without one nothing is to do. */
  @Operation(summary = "Sign out")
  @PostMapping("/logout")
  ResponseEntity<Void> logout(HttpServletRequest request) {
    cookies
        .refresh(request)
        .flatMap(refreshTokens::read)
        .map(Content::session)
        .or(() -> cookies.access(request).flatMap(accessTokens::session))
        .ifPresent(sessions::signOut);
    callers.recheck();
    return ResponseEntity.noContent()
        .headers(cookies.forgetting())
        .header("Clear-Site-Data", "\"cache\", \"storage\"")
        .build();
  }

  @Operation(summary = "Who is signed in, and what they may do")
  @GetMapping("/profile")
  Profile profile(@CurrentCaller Caller caller) {
    return profile(users.require(caller.userId()));
  }

  @Operation(summary = "Change one's own name")
  @PatchMapping("/profile")
  Profile rename(@CurrentCaller Caller caller, @Valid @RequestBody ProfileInput input) {
    return profile(users.rename(caller.userId(), input.name()));
  }

  /** Ends the caller's other sessions. */
  @Operation(summary = "Change one's own password")
  @PutMapping("/password")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void password(@CurrentCaller Caller caller, @Valid @RequestBody PasswordInput input) {
    login.changePassword(caller, input.current(), input.password());
    callers.recheck();
  }

  /** Chooses a password by a link; signing in comes after. */
  @Operation(summary = "Choose a password by a one-time link")
  @PostMapping("/link")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void link(@Valid @RequestBody LinkInput input) {
    login.choosePassword(input.token(), input.password());
    callers.recheck();
  }

  private Profile profile(User user) {
    Set<Permission> permissions = user.role().permissions();
    return new Profile(
        user,
        permissions.stream().map(Permission::key).toList(),
        publicAddress.insecure(),
        secondFactor.isRequiredOf(user.role()) && !user.secondFactor());
  }
}
