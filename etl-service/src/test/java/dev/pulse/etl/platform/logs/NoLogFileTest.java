package dev.pulse.etl.platform.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.EtlTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A node that logs to its console alone says so, and what to set. */
class NoLogFileTest extends EtlTest {

  @ParameterizedTest
  @CsvSource({"GET,recent", "GET,files", "GET,download/etl-service.jsonl", "POST,cleanup"})
  void a_node_without_log_files_says_what_to_set(String method, String path) {
    var reply = api(method, "logs/" + path, method.equals("POST") ? "{\"olderThanDays\":1}" : "");

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.json().path("code").asString()).isEqualTo("NO_LOG_FILE");
    assertThat(reply.json().path("remedy").asString()).contains("logging.file.name");
  }
}
