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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
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
          "Check both; an administrator can make a link for another password.");
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
    this.devices = devices;
    this.address = address;
    this.audit = audit;
    this.transaction = transaction;
  }

  /** Signs a browser in; the refusal is the same whatever was wrong. */
  Session enter(String email, String password, Origin origin) {
    if (!address.allowsLogin()) {
      throw new Problem(TLS_REQUIRED, "Pulse is reached by http from other machines.");
    }
    var known = users.credentials(email);
    var entered = check.check(known, password, counted(email, known, origin));
    if (entered.isEmpty()) {
      var target = new Target("user", known.map(user -> "" + user.userId()).orElse("unknown"));
      audit.refused(Audit.ANONYMOUS, "session.refuse", target, "from " + origin.address());
      throw new Problem(REJECTED, "Nobody was signed in.");
    }
    return sessions.start(entered.get().userId(), origin.userAgent(), origin.address());
  }

  /**
   * A browser that its user has signed in from before is counted by itself: what strangers do to
   * the account does not keep the user out.
   */
  private Counted counted(String email, Optional<Credentials> known, Origin origin) {
    var device =
        known.flatMap(
            user -> origin.deviceCookie().flatMap(sent -> devices.recognise(sent, user.userId())));
    if (device.isPresent()) {
      return new Counted(List.of(Bucket.ofDevice(device.get())), List.of());
    }
    var account = email.toLowerCase(Locale.ROOT);
    return new Counted(
        List.of(Bucket.ofAccountAt(account, origin.network()), Bucket.ofAccount(account)),
        List.of(Bucket.ofNetwork(origin.network()), Bucket.ofEverybody()));
  }

  /** Replaces the caller's password; the caller's other sessions end. */
  void changePassword(Caller caller, String current, String wanted) {
    var user = users.credentials(caller.userId());
    var counted = new Counted(List.of(Bucket.ofDevice("change " + caller.userId())), List.of());
    if (check.check(Optional.of(user), current, counted).isEmpty()) {
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
