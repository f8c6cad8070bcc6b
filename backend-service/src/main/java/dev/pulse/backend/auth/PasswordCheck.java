package dev.pulse.backend.auth;

import dev.pulse.backend.auth.Throttle.Bucket;
import dev.pulse.backend.users.PasswordHashes;
import dev.pulse.backend.users.Users;
import dev.pulse.backend.users.Users.Credentials;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Whether a password is right; asking costs, whatever the answer, and takes as long. */
@Component
class PasswordCheck {

  private final Users users;
  private final PasswordHashes hashes;
  private final Throttle throttle;

  PasswordCheck(Users users, PasswordHashes hashes, Throttle throttle) {
    this.users = users;
    this.hashes = hashes;
    this.throttle = throttle;
  }

  /**
   * What an attempt is counted with.
   *
   * @param forgiven are emptied by a right password
   * @param shared with others, so that a right password of one does not help the others
   */
  record Counted(List<Bucket> forgiven, List<Bucket> shared) {
    List<Bucket> all() {
      return Stream.concat(forgiven.stream(), shared.stream()).toList();
    }
  }

  /**
   * Checks a password.
   *
   * @param known empty if there is no such user, which must not show
   * @return the user's credentials if the password is right and the user may enter
   */
  Optional<Credentials> check(Optional<Credentials> known, String password, Counted counted) {
    return check(known, password, counted, _ -> true);
  }

  /**
   * The same where a password is not enough.
   *
   * @param andMore asked only if the password is right; without it the attempt was in vain
   */
  Optional<Credentials> check(
      Optional<Credentials> known,
      String password,
      Counted counted,
      Predicate<Credentials> andMore) {
    throttle.pay(counted.all());
    boolean right;
    try {
      right = hashes.matches(password, known.map(Credentials::passwordHash).orElse(null));
    } catch (RuntimeException notChecked) {
      throttle.giveBack(counted.all());
      throw notChecked;
    }
    if (!right || known.filter(Credentials::active).filter(andMore).isEmpty()) {
      return Optional.empty();
    }
    throttle.forget(counted.forgiven());
    throttle.giveBack(counted.shared());
    known.ifPresent(user -> renewHash(user, password));
    return known;
  }

  private void renewHash(Credentials user, String password) {
    var hash = user.passwordHash();
    if (hash != null && hashes.outdated(hash))
      users.rehash(user.userId(), hash, hashes.hash(password));
  }
}
