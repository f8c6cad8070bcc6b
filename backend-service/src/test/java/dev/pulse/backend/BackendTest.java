package dev.pulse.backend;

import dev.pulse.backend.users.PasswordHashes;
import dev.pulse.backend.users.Users;
import dev.pulse.local.postgres.LocalPostgres;
import dev.pulse.model.Role;
import dev.pulse.model.signing.SigningKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole service on a port of its own, with a database of its own and a clock that stands. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "pulse.etl.url=http://127.0.0.1:1", // nobody is there
      // tests ask as often as they like, in no time at all
      "pulse.limits.reads=1000000/1s",
      "pulse.limits.writes=1000000/1s",
      "pulse.limits.downloads=1000000/1s",
      "pulse.limits.sign-in=1000000/1s",
      "pulse.limits.strangers=1000000/1s"
    })
@Import(SettableClock.class)
public abstract class BackendTest {

  protected static final String PASSWORD = "sixteen blue whales";
  protected static final String FIRST_PASSWORD = "a generated one 4711";

  private static final AtomicInteger PEOPLE = new AtomicInteger();

  @LocalServerPort protected int port;
  @Autowired protected SettableClock clock;
  @Autowired protected JdbcClient jdbc;
  @Autowired private Users users;
  @Autowired private PasswordHashes hashes;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry settings) {
    var url = LocalPostgres.shared().freshDatabase();
    settings.add("spring.datasource.url", () -> url);
    settings.add("spring.datasource.username", () -> "postgres");
    settings.add("spring.datasource.password", () -> "postgres");
    var keys = keysFile(); // here, and not each time that the setting is asked for
    settings.add("pulse.auth.keys-file", () -> keys);
    var internal = internalKeysFile();
    settings.add("pulse.internal.keys-file", () -> internal);
    settings.add("pulse.admin.password", () -> FIRST_PASSWORD);
    settings.add("pulse.trusted-proxies", () -> "127.0.0.1");
    settings.add("pulse.sessions.recheck", () -> "50ms");
    settings.add("pulse.auth.hash-patience", () -> "30s");
  }

  /** A user with {@link #PASSWORD}. */
  public record Person(long id, String email) {}

  protected Person person(Role role) {
    var email =
        "%s%d@example.org".formatted(role, PEOPLE.incrementAndGet()).toLowerCase(Locale.ROOT);
    var user = users.create(email, "Somebody", role, null);
    users.setPassword(user.id(), hashes.hash(PASSWORD), false);
    return new Person(user.id(), email);
  }

  protected Browser browser() {
    return new Browser(port).from("10.%d.0.1".formatted(PEOPLE.get() % 200));
  }

  /** A browser in which somebody has signed in. */
  protected Browser signedIn(Person person) {
    var browser = browser();
    var reply = browser.login(person.email(), PASSWORD);
    if (reply.status() != 200) throw new IllegalStateException("no login: " + reply.http().body());
    return browser;
  }

  protected Browser signedIn(Role role) {
    return signedIn(person(role));
  }

  /** What was done to whom, the latest first, such as {@code session.start 7}. */
  protected List<String> audit() {
    return jdbc.sql("select action || ' ' || target_id from audit_event order by id desc limit 50")
        .query(String.class)
        .list();
  }

  /** The key with which the gateway signs what it asks etl-service for. */
  static String internalKeysFile() {
    try {
      var file = Files.createTempDirectory("pulse-keys").resolve("internal");
      return Files.writeString(file, SigningKeys.fresh("gateway", "g1") + "\n").toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String keysFile() {
    try {
      return Files.createTempDirectory("pulse-keys").resolve("keys").toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
