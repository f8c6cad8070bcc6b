package dev.pulse.backend.auth;

import dev.pulse.backend.access.Caller;
import dev.pulse.backend.audit.Audit;
import dev.pulse.backend.audit.Audit.Target;
import dev.pulse.backend.auth.PasswordCheck.Counted;
import dev.pulse.backend.auth.Throttle.Bucket;
import dev.pulse.backend.platform.Problem;
import dev.pulse.backend.platform.PublicAddress;
import dev.pulse.backend.sessions.EndReason;
import dev.pulse.backend.sessions.ScriptTokens;
import dev.pulse.backend.sessions.Session;
import dev.pulse.backend.sessions.Sessions;
import dev.pulse.backend.users.OneTimeLinks;
import dev.pulse.backend.users.PasswordHashes;
import dev.pulse.backend.users.PasswordRules;
import dev.pulse.backend.users.Users;
import dev.pulse.backend.users.Users.Credentials;
import dev.pulse.model.ProblemKind;
import dev.pulse.model.ProblemKind.FieldError;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Signing in, and choosing passwords. */
@Service
class Login {

  private static final ProblemKind REJECTED =
      new ProblemKind(
          401,
          "CREDENTIALS_REJECTED",
          "E-mail and password do not fit",
          "Check both, and send the code of your second factor if you have set one up; an"
              + " administrator can make a link for another password.");
  private static final ProblemKind CODE_REQUIRED =
      new ProblemKind(
          401,
          "SECOND_FACTOR_REQUIRED",
          "A code is needed, too",
          "Send it again with the code that your authenticator app shows, or a recovery code.");
  private static final ProblemKind TLS_REQUIRED =
      new ProblemKind(
          403,
          "TLS_REQUIRED",
          "Passwords do not cross the network in clear",
          "Reach Pulse by https and set pulse.public-url to that address.");
  private static final ProblemKind LINK_OVER =
      new ProblemKind(
          410,
          "LINK_OVER",
          "The link is used up or too old",
          "Ask an administrator for another link.");

  private final Users users;
  private final OneTimeLinks links;
  private final PasswordCheck check;
  private final PasswordHashes hashes;
  private final PasswordRules rules;
  private final Sessions sessions;
  private final ScriptTokens tokens;
  private final SecondFactors factors;
  private final KnownDevices devices;
  private final PublicAddress address;
  private final Audit audit;
  private final TransactionTemplate transaction;

  Login(
      Users users,
      OneTimeLinks links,
      PasswordCheck check,
      PasswordHashes hashes,
      PasswordRules rules,
      Sessions sessions,
      ScriptTokens tokens,
      SecondFactors factors,
      KnownDevices devices,
      PublicAddress address,
      Audit audit,
      TransactionTemplate transaction) {
    this.users = users;
    this.links = links;
    this.check = check;
    this.hashes = hashes;
    this.rules = rules;
    this.sessions = sessions;
    this.tokens = tokens;
    this.factors = factors;
    this.devices = devices;
    this.address = address;
    this.audit = audit;
    this.transaction = transaction;
  }

  /**
   * Signs a browser in; the refusal is the same whatever was wrong. That a code is missing is told
   * only to a browser in which the user has signed in before: others do not learn whether the
   * password was right.
   *
   * @param code of the second factor; null = none was sent
   */
  Session enter(String email, String password, @Nullable String code, Origin origin) {
    if (!address.allowsLogin()) {
      throw new Problem(TLS_REQUIRED, "Pulse is reached by http from other machines.");
    }
    var known = users.credentials(email);
    var device = device(known, origin);
    var factor = known.flatMap(user -> factors.find(user.userId()));
    var proof = factor.flatMap(each -> factors.check(each, code)); // as long, right password or not
    var entered =
        check.check(
            known,
            password,
            counted(email, device, origin),
            _ -> {
              if (factor.isEmpty()) return true;
              if (code == null && device.isPresent()) {
                throw new Problem(CODE_REQUIRED, "Nobody was signed in.");
              }
              return proof.filter(factors::use).isPresent();
            });
    if (entered.isEmpty()) {
      var target = new Target("user", known.map(user -> "" + user.userId()).orElse("unknown"));
      audit.refused(Audit.ANONYMOUS, "session.refuse", target, "from " + origin.address());
      throw new Problem(REJECTED, "Nobody was signed in.");
    }
    return sessions.start(entered.get().userId(), origin.userAgent(), origin.address());
  }

  private Optional<String> device(Optional<Credentials> known, Origin origin) {
    return known.flatMap(
        user -> origin.deviceCookie().flatMap(sent -> devices.recognise(sent, user.userId())));
  }

  /**
   * A browser that its user has signed in from before is counted by itself: what strangers do to
   * the account does not keep the user out.
   */
  private static Counted counted(String email, Optional<String> device, Origin origin) {
    if (device.isPresent()) {
      return new Counted(List.of(Bucket.ofDevice(device.get())), List.of());
    }
    var account = email.toLowerCase(Locale.ROOT);
    return new Counted(
        List.of(Bucket.ofAccountAt(account, origin.network()), Bucket.ofAccount(account)),
        List.of(Bucket.ofNetwork(origin.network()), Bucket.ofEverybody()));
  }

  /**
   * Whether it is the caller who asks, for what a session alone is not enough.
   *
   * @throws Problem 400 if the password is wrong, or the code where there is a second factor
   */
  void prove(Caller caller, String password, @Nullable String code) {
    var user = users.credentials(caller.userId());
    var factor = factors.find(caller.userId());
    var proof = factor.flatMap(each -> factors.check(each, code));
    var right =
        check.check(
            Optional.of(user),
            password,
            ofCaller(caller),
            _ -> factor.isEmpty() || proof.filter(factors::use).isPresent());
    if (right.isPresent()) return;
    if (factor.isEmpty()) throw Problem.invalid("password", "is not your password");
    throw Problem.invalid(
        List.of(
            new FieldError("password", "is not your password, or the code is wrong"),
            new FieldError("code", "is wrong or used up, or the password is wrong")));
  }

  private static Counted ofCaller(Caller caller) {
    return new Counted(List.of(Bucket.ofDevice("change " + caller.userId())), List.of());
  }

  /** Replaces the caller's password; the caller's other sessions end. */
  void changePassword(Caller caller, String current, String wanted) {
    var user = users.credentials(caller.userId());
    if (check.check(Optional.of(user), current, ofCaller(caller)).isEmpty()) {
      throw Problem.invalid("current", "is not your password");
    }
    rules.check("password", wanted, user.email(), user.name());
    if (wanted.equals(current)) throw Problem.invalid("password", "is the one you have");
    var hash = hashes.hash(wanted);
    var kept = caller.proof() instanceof Caller.Browser(var session) ? session : null;
    transaction.executeWithoutResult(
        _ -> {
          users.setPassword(user.userId(), hash, false);
          sessions.endAll(user.userId(), kept, EndReason.PASSWORD_CHANGED);
        });
  }

  /** Uses a link up; all that could enter before cannot any more. */
  void choosePassword(String token, String wanted) {
    var user = users.credentials(owner(links.find(token)));
    rules.check("password", wanted, user.email(), user.name());
    var hash = hashes.hash(wanted);
    transaction.executeWithoutResult(
        _ -> {
          long id = owner(links.use(token));
          users.setPassword(id, hash, false);
          sessions.endAll(id, null, EndReason.PASSWORD_CHANGED);
          tokens.revokeAll(id);
        });
  }

  private static long owner(OptionalLong found) {
    return found.orElseThrow(() -> new Problem(LINK_OVER, "It lets nobody choose a password."));
  }
}
