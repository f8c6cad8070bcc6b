package dev.pulse.etl.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pulse.etl.EtlService;
import dev.pulse.local.postgres.LocalPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RefusedStartTest {

  @Test
  void without_a_database_the_start_ends_with_what_to_set(CapturedOutput output) {
    start();

    assertThat(output).contains("etl-service cannot start: set SPRING_DATASOURCE_URL to");
    assertThat(output).doesNotContain("\tat ");
  }

  @Test
  void without_a_key_file_the_start_ends_with_what_to_set(CapturedOutput output) {
    start("--spring.datasource.url=" + LocalPostgres.shared().freshDatabase());

    assertThat(output).contains("etl-service cannot start: set pulse.secrets.kek-file");
    assertThat(output).doesNotContain("\tat ");
  }

  @Test
  void without_keys_it_does_not_listen_where_others_reach_it(CapturedOutput output) {
    start(
        "--spring.datasource.url=jdbc:postgresql://localhost:1/nowhere",
        "--server.address=0.0.0.0");

    assertThat(output).contains("etl-service cannot start: set PULSE_INTERNAL_KEYS_FILE to");
    assertThat(output).doesNotContain("\tat ");
  }

  @Test
  void keys_that_cannot_be_used_end_the_start_with_the_reason(
      @TempDir Path folder, CapturedOutput output) throws IOException {
    var keys = Files.writeString(folder.resolve("keys"), "gateway:g1:c2hvcnQ=:sha256=00");

    start(
        "--spring.datasource.url=jdbc:postgresql://localhost:1/nowhere",
        "--pulse.internal.keys-file=" + keys);

    assertThat(output)
        .contains("etl-service cannot start: PULSE_INTERNAL_KEYS_FILE cannot be used: " + keys)
        .contains("the secret of g1 has 5 bytes, not 32 or more");
    assertThat(output).doesNotContain("\tat ");
  }

  private static void start(String... more) {
    var application = new SpringApplication(EtlService.class);
    var arguments =
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of(
                    "--server.port=0",
                    "--management.server.port=0",
                    "--spring.datasource.username=postgres",
                    "--spring.datasource.password=postgres"),
                java.util.stream.Stream.of(more))
            .toArray(String[]::new);
    var failure = catchThrowable(() -> application.run(arguments).close());
    assertThat(failure).isNotNull();
  }
}
