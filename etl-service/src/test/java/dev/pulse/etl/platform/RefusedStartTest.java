package dev.pulse.etl.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pulse.etl.EtlService;
import dev.pulse.local.postgres.LocalPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
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
