package dev.pulse.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.local.launcher.StatusReport.Database;
import dev.pulse.local.launcher.StatusReport.Service;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class StateTest {

  @TempDir private Path folder = Path.of("");

  @Test
  void secrets_are_made_once_and_for_their_owner_alone() throws IOException {
    var checkout = new Checkout(folder);
    var ring = new Secrets(checkout).keyRing();
    var password = new Secrets(checkout).databasePassword();
    var before = Files.readString(ring) + Files.readString(password);

    new Secrets(checkout).keyRing();
    new Secrets(checkout).databasePassword();

    assertThat(Files.readString(ring) + Files.readString(password)).isEqualTo(before);
    assertThat(mode(ring)).isEqualTo("rw-------");
    assertThat(mode(password)).isEqualTo("rw-------");
    assertThat(mode(checkout.secrets())).isEqualTo("rwx------");
    var internal = new Secrets(checkout).internalKeys();
    assertThat(mode(internal)).isEqualTo("rw-------");
    assertThat(Files.readString(internal))
        .matches("gateway:g1:[A-Za-z0-9+/]{43}=:pk_g1_[A-Za-z0-9_-]{43}\n")
        .isEqualTo(Files.readString(new Secrets(checkout).internalKeys()));
    var key = Files.readString(ring).strip().split(":", 2);
    assertThat(key[0]).isEqualTo("k1");
    assertThat(Base64.getDecoder().decode(key[1])).hasSize(32);
  }

  @Test
  void two_checkouts_have_different_secrets() {
    var one = new Secrets(new Checkout(folder.resolve("one")));
    var two = new Secrets(new Checkout(folder.resolve("two")));

    assertThat(Secrets.read(one.keyRing())).isNotEqualTo(Secrets.read(two.keyRing()));
    assertThat(Secrets.read(one.databasePassword()))
        .isNotEqualTo(Secrets.read(two.databasePassword()));
  }

  @Test
  void the_administrators_password_is_told_once() throws IOException {
    var secrets = new Secrets(new Checkout(folder));
    assertThat(secrets.takePassword()).isEmpty();
    Files.writeString(secrets.administratorPassword(), "generated\n");

    assertThat(secrets.takePassword()).contains("generated");
    assertThat(secrets.takePassword()).isEmpty();
    assertThat(secrets.administratorPassword()).doesNotExist();
  }

  @Test
  void reset_leaves_nothing_and_stays_inside_the_checkout() throws IOException {
    var outside = Files.writeString(folder.resolve("outside"), "stays");
    var checkout = new Checkout(folder.resolve("checkout"));
    Files.createSymbolicLink(checkout.run().resolve("link"), outside);
    new Secrets(checkout).keyRing();

    checkout.delete();

    assertThat(checkout.state()).doesNotExist();
    assertThat(outside).hasContent("stays");
  }

  @Test
  void two_builds_of_a_jar_are_told_apart_by_their_content() throws IOException {
    var jar = Files.writeString(folder.resolve("a.jar"), "one");
    var first = ServiceJar.version(jar);

    Files.writeString(jar, "two");

    assertThat(ServiceJar.version(jar)).isNotEqualTo(first);
    Files.writeString(jar, "one");
    assertThat(ServiceJar.version(jar)).isEqualTo(first);
  }

  @Test
  void a_path_that_only_the_gateway_may_ask_for_is_refused_with_the_right_one() {
    var api = new GatewayApi(new Http(), new Ports(0), new Secrets(new Checkout(folder)));

    assertThatThrownBy(() -> api.send("GET", "/api/v1/jobs", Optional.empty()))
        .isInstanceOfSatisfying(
            LauncherProblem.class,
            problem -> assertThat(problem.remedy()).contains("/api/etl/jobs"));
  }

  @Test
  void the_status_for_programs_has_the_promised_shape() {
    var job =
        JsonMapper.shared()
            .readTree(
                """
                {"id":1,"name":"Jira","connector":"jira","state":"FINISHED","reason":null,
                 "rows":120,"lastSuccess":"2026-01-02T03:04:05Z","nextDueAt":null,"error":null}
                """);
    var report =
        new StatusReport(
            List.of(new Service("etl-service", URI.create("http://127.0.0.1:8000"), true)),
            true,
            List.of(job),
            new Database("jdbc:postgresql://127.0.0.1:15432/pulse", "pulse", Path.of("/p")));

    assertThat(JsonMapper.shared().readTree(report.json()))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"services":[{"name":"etl-service","url":"http://127.0.0.1:8000","healthy":true}],
                     "jobs":[{"name":"Jira","state":"FINISHED","rows":120,
                              "lastSuccess":"2026-01-02T03:04:05Z","error":null}],
                     "database":{"jdbcUrl":"jdbc:postgresql://127.0.0.1:15432/pulse",
                                 "user":"pulse","passwordFile":"/p"}}
                    """));
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
