package dev.pulse.backend.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pulse.backend.access.Caller;
import dev.pulse.backend.access.CurrentCaller;
import dev.pulse.backend.auth.RecoveryCodes.RecoveryCodeSheet;
import dev.pulse.backend.platform.ApiTags;
import dev.pulse.backend.platform.Problem;
import dev.pulse.backend.sessions.Callers;
import dev.pulse.backend.sessions.SecondFactorSettings;
import dev.pulse.backend.users.User;
import dev.pulse.backend.users.Users;
import dev.pulse.model.ProblemKind;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;

/** A second factor for signing in, over REST. */
@RestController
@Tag(name = ApiTags.SIGNING_IN)
@RequestMapping("/api")
class SecondFactorController {

  private static final ProblemKind OWN =
      new ProblemKind(
          409,
          "OWN_SECOND_FACTOR",
          "Your own second factor takes your password and a code",
          "Use POST /api/auth/second-factor/disable, or ask another administrator.");

  private final Login login;
  private final SecondFactors factors;
  private final RecoveryCodes recovery;
  private final SecondFactorSettings settings;
  private final Users users;
  private final Callers callers;

  SecondFactorController(
      Login login,
      SecondFactors factors,
      RecoveryCodes recovery,
      SecondFactorSettings settings,
      Users users,
      Callers callers) {
    this.login = login;
    this.factors = factors;
    this.recovery = recovery;
    this.settings = settings;
    this.users = users;
    this.callers = callers;
  }

  /**
   * How it stands.
   *
   * @param on it is asked for when the caller signs in
   * @param required the caller's role needs it
   * @param recoveryCodesLeft that were not used yet
   */
  record SecondFactorState(boolean on, boolean required, int recoveryCodesLeft) {}

  /** The password in use. */
  record SecondFactorBegin(@NotNull @Size(min = 1, max = 256) String password) {
    @Override
    public String toString() {
      return "SecondFactorBegin[***]";
    }
  }

  /**
   * What an authenticator app needs; it is shown this once.
   *
   * @param secret to be typed, in base 32
   * @param uri the same to be scanned, as a QR code
   */
  record Enrolment(String secret, String uri) {
    @Override
    public String toString() {
      return "Enrolment[***]";
    }
  }

  /** The code that the app shows. */
  record SecondFactorCode(@NotNull @Size(max = 100) String code) {
    @Override
    public String toString() {
      return "SecondFactorCode[***]";
    }
  }

  /**
   * Both proofs.
   *
   * @param code of the app, or a recovery code
   */
  record SecondFactorProofs(
      @NotNull @Size(min = 1, max = 256) String password, @NotNull @Size(max = 100) String code) {
    @Override
    public String toString() {
      return "SecondFactorProofs[***]";
    }
  }

  @Operation(summary = "Whether a second factor is switched on")
  @GetMapping("/auth/second-factor")
  SecondFactorState show(@CurrentCaller Caller caller) {
    var user = users.require(caller.userId());
    boolean required = settings.isRequiredOf(user.role());
    return new SecondFactorState(user.secondFactor(), required, recovery.left(user.id()));
  }

  /** Makes a secret for an app; it does not count before its first code was confirmed. */
  @Operation(summary = "Make a secret for an app")
  @PostMapping("/auth/second-factor")
  @ResponseStatus(HttpStatus.CREATED)
  Enrolment begin(@CurrentCaller Caller caller, @Valid @RequestBody SecondFactorBegin input) {
    factors.refuseIfOn(caller.userId());
    login.prove(caller, input.password(), null);
    var secret = Base32.encode(factors.begin(caller.userId()));
    return new Enrolment(secret, uri(users.require(caller.userId()), secret));
  }

  /** Switches it on; the recovery codes are in this answer, and never again. */
  @Operation(summary = "Switch it on, by its first code")
  @PostMapping("/auth/second-factor/confirm")
  RecoveryCodeSheet confirm(
      @CurrentCaller Caller caller, @Valid @RequestBody SecondFactorCode input) {
    var codes = factors.confirm(caller.userId(), input.code());
    callers.recheck();
    return codes;
  }

  /** Other recovery codes; those so far are void. */
  @Operation(summary = "Make other recovery codes")
  @PostMapping("/auth/second-factor/recovery-codes")
  RecoveryCodeSheet renew(
      @CurrentCaller Caller caller, @Valid @RequestBody SecondFactorProofs input) {
    factors.requireOn(caller.userId());
    login.prove(caller, input.password(), input.code());
    return factors.renewRecovery(caller.userId());
  }

  /** Switches it off. */
  @Operation(summary = "Switch it off")
  @PostMapping("/auth/second-factor/disable")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void disable(@CurrentCaller Caller caller, @Valid @RequestBody SecondFactorProofs input) {
    factors.requireOn(caller.userId());
    login.prove(caller, input.password(), input.code());
    factors.remove(caller.userId(), "second-factor.disable");
    callers.recheck();
  }

  /** Switches that of a user off who has lost app and codes; it is for others to do. */
  @Operation(summary = "Switch off that of a user who has lost it")
  @DeleteMapping("/users/{id}/second-factor")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void reset(@CurrentCaller Caller caller, @PathVariable long id) {
    if (caller.userId() == id) throw new Problem(OWN, "It is yours.");
    factors.remove(users.require(id).id(), "second-factor.reset");
    callers.recheck();
  }

  /**
   * As apps read it.
   *
   * @see <a href="https://github.com/google/google-authenticator/wiki/Key-Uri-Format">Key URI</a>
   */
  private static String uri(User user, String secret) {
    return "otpauth://totp/Pulse:%s?secret=%s&issuer=Pulse&algorithm=SHA1&digits=6&period=30"
        .formatted(UriUtils.encode(user.email(), UTF_8), secret);
  }
}
