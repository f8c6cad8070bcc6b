package dev.pulse.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.local.postgres.LocalPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

class StartTest {

  @TempDir private Path folder = Path.of("");

  @Test
  void a_service_without_a_database_says_what_to_set() {
    assertThatThrownBy(() -> start("pulse.auth.keys-file=" + folder.resolve("keys")))
        .hasStackTraceContaining("set SPRING_DATASOURCE_URL");
  }

  @Test
  void a_service_without_keys_says_what_to_set() {
    assertThatThrownBy(() -> start(database()).close())
        .hasStackTraceContaining("set PULSE_AUTH_KEYS_FILE");
  }

  @Test
  void a_service_without_keys_for_etl_service_says_what_to_set() throws Exception {
    var own = new String[] {database(), "pulse.auth.keys-file=" + folder.resolve("keys")};
    assertThatThrownBy(() -> startWithoutInternalKeys(own).close())
        .hasStackTraceContaining("set PULSE_INTERNAL_KEYS_FILE");

    var weak = Files.writeString(folder.resolve("weak"), "gateway:g1:c2hvcnQ=:pk_g1_short\n");
    assertThatThrownBy(
            () -> startWithoutInternalKeys(with(own, "pulse.internal.keys-file=" + weak)).close())
        .hasStackTraceContaining("PULSE_INTERNAL_KEYS_FILE cannot be used");
  }

  @Test
  void an_address_of_etl_service_that_is_none_is_refused() {
    assertThatThrownBy(
            () ->
                start(
                        database(),
                        "pulse.auth.keys-file=" + folder.resolve("keys"),
                        "pulse.etl.url=http://127.0.0.1:8000/api")
                    .close())
        .hasStackTraceContaining("pulse.etl.url is no scheme, host and port");
  }

  @Test
  void a_first_password_that_everybody_tries_is_refused() {
    assertThatThrownBy(
            () ->
                start(
                    database(),
                    "pulse.auth.keys-file=" + folder.resolve("keys"),
                    "pulse.admin.password=administrator1"))
        .hasStackTraceContaining("pulse.admin.password");
  }

  @Test
  void a_generated_password_is_written_for_its_owner_and_must_be_changed() throws Exception {
    var file = folder.resolve("password");
    var settings = administered(file);
    Browser browser;
    try (var service = start(settings)) {
      var password = take(file);
      browser = new Browser(port(service));

      assertThat(browser.login("ops@example.org", password).status()).isEqualTo(200);
      assertThat(browser.get("/api/users").code()).isEqualTo("PASSWORD_CHANGE_REQUIRED");
    }

    try (var service = start(settings)) {
      assertThat(file).as("there is an administrator already").doesNotExist();
      assertThat(browser.copyTo(port(service)).refresh().status()).isEqualTo(204);
      withSecondFactor(service);
      assertThat(new Browser(port(service)).login("ops@example.org", "whatever").status())
          .isEqualTo(401);
    }

    try (var service = start(with(settings, "pulse.admin.reset=true"))) {
      var fresh = new Browser(port(service));
      assertThat(fresh.login("ops@example.org", take(file)).status()).isEqualTo(200);
      assertThat(browser.copyTo(port(service)).refresh().code()).isEqualTo("SESSION_OVER");
    }
  }

  @Test
  void each_start_leaves_another_token_for_the_scripts_of_this_machine() throws Exception {
    var file = folder.resolve("token");
    var settings =
        with(administered(folder.resolve("password")), "pulse.scripts.token-file=" + file);
    String first;
    try (var service = start(settings)) {
      first = take(file);
      assertThat(script(service, first).get("/api/users").status()).isEqualTo(200);
      assertThat(take(folder.resolve("password"))).isNotBlank();
      assertThat(new Browser(port(service)).login("scripts@localhost", "").status())
          .isNotEqualTo(200);
    }

    try (var service = start(settings)) {
      assertThat(script(service, first).get("/api/users").status()).isEqualTo(401);
      var users = script(service, take(file)).get("/api/users").json();
      assertThat(users.path("items")).hasSize(2);
    }
  }

  private static void withSecondFactor(ConfigurableApplicationContext service) {
    service
        .getBean(JdbcClient.class)
        .sql(
            """
            insert into second_factor (user_id, key_id, secret, created_at, confirmed_at)
            select id, 'lost', 'lost', created_at, created_at from user_account
            """)
        .update();
  }

  private static Browser script(ConfigurableApplicationContext service, String token) {
    return new Browser(port(service)).with("Authorization", "Bearer " + token);
  }

  private String[] administered(Path passwordFile) {
    return new String[] {
      database(),
      "pulse.auth.keys-file=" + folder.resolve("keys"),
      "pulse.admin.email=ops@example.org",
      "pulse.admin.password-file=" + passwordFile
    };
  }

  private static String[] with(String[] settings, String another) {
    return Stream.concat(Stream.of(settings), Stream.of(another)).toArray(String[]::new);
  }

  private static String take(Path file) throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    var password = Files.readString(file).strip();
    Files.delete(file);
    return password;
  }

  private static int port(ConfigurableApplicationContext service) {
    return service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  private static ConfigurableApplicationContext start(String... settings) {
    return startWithoutInternalKeys(
        with(settings, "pulse.internal.keys-file=" + BackendTest.internalKeysFile()));
  }

  private static ConfigurableApplicationContext startWithoutInternalKeys(String... settings) {
    var arguments =
        Stream.concat(
                Stream.of("server.port=0", "spring.main.log-startup-info=false"),
                Stream.of(settings))
            .map(setting -> "--" + setting)
            .toArray(String[]::new);
    return new SpringApplicationBuilder(BackendService.class).run(arguments);
  }

  private static String database() {
    return "spring.datasource.url="
        + LocalPostgres.shared().freshDatabase()
        + "?user=postgres&password=postgres";
  }
}
