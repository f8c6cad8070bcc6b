package dev.pulse.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script itself, in a checkout whose build only writes down that it was called. */
class ScriptTest {

  private static final List<String> SERVICES =
      List.of("etl-service", "backend-service", "frontend-service");

  @TempDir private Path checkout = Path.of("");

  record Ended(int status, String output) {}

  @BeforeEach
  void make_a_checkout() throws IOException {
    var script = checkout.resolve("scripts/pulse");
    Files.createDirectories(script.getParent());
    Files.copy(Path.of("../scripts/pulse"), script, StandardCopyOption.COPY_ATTRIBUTES);
    write("pom.xml", "<project/>");
    write("etl-service/src/main/java/Some.java", "class Some {}");
    write(
        "mvnw",
        """
        #!/bin/sh
        echo "$@" >> builds
        for each in local-environment etl-service backend-service frontend-service; do
          mkdir -p $each/target && echo jar > $each/target/$each-0.1.0.jar
        done
        echo '%s' > local-environment/target/classpath
        """
            .formatted(System.getProperty("java.class.path")));
    Files.setPosixFilePermissions(
        checkout.resolve("mvnw"), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void help_needs_neither_a_build_nor_a_jdk() throws Exception {
    var ended = pulse(Map.of("PATH", "/usr/bin:/bin", "JAVA_HOME", "/nowhere"), "help");

    assertThat(ended.status()).isZero();
    assertThat(ended.output()).contains("scripts/pulse demo [--scale N]", "PULSE_PORT_OFFSET");
    assertThat(checkout.resolve(".pulse")).doesNotExist();
  }

  @Test
  void the_first_use_builds_without_tests_and_without_error_prone() throws Exception {
    var ended = pulse("bench", "nothing");

    assertThat(ended.output()).contains("There is no benchmark 'nothing' yet.");
    assertThat(ended.status()).isEqualTo(1);
    assertThat(builds()).hasSize(1).first().asString().contains("-Dfast", "test.skip", "package");
  }

  @Test
  void what_is_built_is_not_built_again() throws Exception {
    pulse("bench", "nothing");

    pulse("bench", "nothing");

    assertThat(builds()).hasSize(1);
  }

  @Test
  void a_changed_source_is_built_again() throws Exception {
    pulse("bench", "nothing");
    var source = checkout.resolve("etl-service/src/main/java/Some.java");

    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
    pulse("bench", "nothing");

    assertThat(builds()).hasSize(2);
  }

  @Test
  void a_deleted_source_is_built_again() throws Exception {
    var source = write("etl-service/src/main/java/Other.java", "class Other {}");
    var folder = checkout.resolve("etl-service/src/main/java");
    pulse("bench", "nothing");

    Files.delete(source);
    Files.setLastModifiedTime(folder, FileTime.from(Instant.now().plusSeconds(5)));
    pulse("bench", "nothing");

    assertThat(builds()).hasSize(2);
  }

  @Test
  void a_missing_jar_is_built_again() throws Exception {
    pulse("bench", "nothing");

    for (var service : SERVICES) {
      Files.delete(checkout.resolve("%1$s/target/%1$s-0.1.0.jar".formatted(service)));
      pulse("bench", "nothing");
    }

    assertThat(builds()).hasSize(1 + SERVICES.size());
  }

  @Test
  void looking_does_not_build_what_is_stale() throws Exception {
    pulse("bench", "nothing");
    Files.setLastModifiedTime(
        checkout.resolve("pom.xml"), FileTime.from(Instant.now().plusSeconds(5)));

    pulse("logs");

    assertThat(builds()).hasSize(1);
  }

  @Test
  void a_failed_build_shows_the_end_of_its_log() throws Exception {
    write("mvnw", "#!/bin/sh\necho 'cannot find symbol'\nexit 1\n");

    var ended = pulse("up");

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.output()).contains("cannot find symbol", "The build failed");
    assertThat(checkout.resolve(".pulse/run/built")).doesNotExist();
  }

  private List<String> builds() throws IOException {
    return Files.readAllLines(checkout.resolve("builds"));
  }

  private Path write(String name, String content) throws IOException {
    var file = checkout.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private Ended pulse(String... words) throws Exception {
    return pulse(Map.of("JAVA_HOME", System.getProperty("java.home")), words);
  }

  private Ended pulse(Map<String, String> environment, String... words) throws Exception {
    var command = new ArrayList<>(List.of("bash", checkout.resolve("scripts/pulse").toString()));
    command.addAll(List.of(words));
    var output = checkout.resolve("output");
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    var status = builder.redirectOutput(output.toFile()).start().waitFor();
    return new Ended(status, Files.readString(output));
  }
}
