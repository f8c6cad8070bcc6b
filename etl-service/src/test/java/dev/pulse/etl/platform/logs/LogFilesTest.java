package dev.pulse.etl.platform.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.EtlTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

/**
 * The files of a node over REST. Lines are told from those that the service itself may log there by
 * the run: none has so high an id.
 */
@TestPropertySource(properties = "logging.file.name=" + LogFilesTest.CURRENT)
class LogFilesTest extends EtlTest {

  static final String CURRENT = "target/log-files/node.jsonl";

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Path FOLDER = Path.of("target/log-files").toAbsolutePath();
  private static final Path FILE = FOLDER.resolve("node.jsonl");
  private static final String PACKED = "node.jsonl.2026-01-02.0.gz";
  private static final String PLAIN = "node.jsonl.2026-01-03.11";
  private static final List<String> OTHERS =
      List.of("other.jsonl.2026-01-02.0.gz", "node.jsonl.bak", "node.jsonl.2026-01-02.0.gz.x");
  private static final String LINK = "node.jsonl.2026-01-04.0";

  private static long run = 8_000_000_000L;

  /** Before the service begins to log. */
  @BeforeAll
  static void nothing_of_yesterday() throws IOException {
    FileSystemUtils.deleteRecursively(FOLDER);
  }

  @BeforeEach
  void files() throws IOException {
    run++;
    Files.createDirectories(FOLDER);
    var old = Instant.now().minus(Duration.ofDays(100));
    write(PACKED, lines(0, 10), old);
    write(PLAIN, lines(10, 20), old.plus(Duration.ofDays(90)));
    Files.writeString(FILE, lines(20, 30), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    for (var other : OTHERS) Files.writeString(FOLDER.resolve(other), "not-for-you");
    Files.createSymbolicLink(FOLDER.resolve(LINK), FOLDER.resolve(OTHERS.getFirst()));
  }

  @AfterEach
  void no_files() throws IOException {
    for (var name : List.of(PACKED, PLAIN, LINK)) Files.deleteIfExists(FOLDER.resolve(name));
  }

  @Test
  void the_files_are_listed_the_newest_first_and_nothing_else_of_their_folder() {
    var files = api("GET", "logs/files", "").json().path("items").valueStream().toList();

    assertThat(files)
        .extracting(each -> each.path("name").asString())
        .containsExactly("node.jsonl", PLAIN, PACKED);
    assertThat(files)
        .extracting(each -> each.path("current").asBoolean())
        .containsExactly(true, false, false);
    var packed = files.getLast();
    assertThat(packed.path("bytes").asLong()).isPositive();
    assertThat(packed.path("from").asString()).isEqualTo("2026-01-02T00:00:00Z");
    assertThat(packed.path("to").asString()).isLessThan(Instant.now().toString());
  }

  @Test
  void the_last_lines_are_found_across_files_in_their_order() {
    assertThat(recent("limit=5"))
        .containsExactly("line 25", "line 26", "line 27", "line 28", "line 29");
    assertThat(recent("limit=200")).hasSize(30).startsWith("line 0").endsWith("line 29");
    assertThat(recent("limit=12")).hasSize(12).startsWith("line 18");
  }

  @Test
  void lines_are_found_by_level_and_text() {
    assertThat(recent("level=ERROR")).containsExactly("line 0", "line 10", "line 20");
    assertThat(recent("text=LINE%2017")).containsExactly("line 17");
    assertThat(recent("text=of.the.trace")).as("in a trace too").hasSize(3);
    assertThat(recent("text=nowhere")).isEmpty();
    var line = recentJson("text=line%2010").path("items").path(0);
    assertThat(line.path("stream").asString()).isEqualTo("issues");
    assertThat(line.path("logger").asString()).isEqualTo("dev.pulse.Some");
    assertThat(line.path("error").asString()).contains("of.the.trace");
  }

  @Test
  void the_answer_says_whether_there_may_be_more() {
    assertThat(recentJson("limit=5").path("complete").asBoolean()).isFalse();
    assertThat(recentJson("limit=200").path("complete").asBoolean()).isTrue();
  }

  @Test
  void a_line_in_another_format_is_all_message() throws IOException {
    Files.writeString(FILE, "plain words %d {\n".formatted(run), StandardOpenOption.APPEND);

    var found = api("GET", "logs/recent?text=plain%20words%20" + run, "").json().path("items");

    assertThat(found).hasSize(1);
    assertThat(found.path(0).path("message").asString()).startsWith("plain words");
    assertThat(found.path(0).path("level").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "level=LOUD,level",
    "limit=0,limit",
    "limit=201,limit",
    "run=x,run",
    "run=0,run",
    "a=1,a"
  })
  void what_cannot_be_meant_is_refused_by_name(String query, String field) {
    var reply = api("GET", "logs/recent?" + query, "");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("errors").path(0).path("field").asString()).isEqualTo(field);
  }

  @Test
  void a_file_is_loaded_as_it_is() throws Exception {
    var packed = download(PACKED);

    assertThat(packed.statusCode()).isEqualTo(200);
    assertThat(packed.headers().firstValue("content-type")).hasValue("application/gzip");
    assertThat(packed.headers().firstValue("content-disposition").orElseThrow()).contains(PACKED);
    assertThat(packed.headers().firstValue("x-content-type-options")).hasValue("nosniff");
    try (var in = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
      assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo(lines(0, 10));
    }
    var current = download("node.jsonl");
    assertThat(current.statusCode()).isEqualTo(200);
    assertThat(new String(current.body(), UTF_8)).contains(lines(20, 30));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "other.jsonl.2026-01-02.0.gz",
        "node.jsonl.bak",
        LINK,
        "..",
        "%2e%2e",
        "..%2fsecret",
        "..%5csecret",
        "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "..%252fsecret",
        "..%c0%afsecret",
        "%00",
        "node.jsonl%00.txt",
        "node.jsonl;x=../../secret",
        ".",
        "%20"
      })
  void no_other_name_leads_to_a_file(String name) throws Exception {
    var reply = download(name);

    if (name.contains(";")) { // what follows is no part of the name
      assertThat(reply.statusCode()).isIn(200, 400, 404);
    } else {
      assertThat(reply.statusCode()).isIn(400, 404);
    }
    assertThat(new String(reply.body(), UTF_8)).doesNotContain("not-for-you", "root:");
  }

  @Test
  void old_files_are_deleted_and_who_wanted_it_is_written_down() {
    var reply = api("POST", "logs/cleanup", "{\"olderThanDays\":50,\"reason\":\"room\"}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("deleted").valueStream().map(JsonNode::asString))
        .containsExactly(PACKED);
    assertThat(reply.json().path("bytes").asLong()).isPositive();
    assertThat(FOLDER.resolve(PACKED)).doesNotExist();
    assertThat(FOLDER.resolve(PLAIN)).exists();
    assertThat(FILE).exists();
    for (var other : OTHERS) assertThat(FOLDER.resolve(other)).exists();
    var audited = api("GET", "audit?limit=1", "").json().path("items").path(0);
    assertThat(audited.path("action").asString()).isEqualTo("logs.cleanup");
    assertThat(audited.path("reason").asString()).isEqualTo("room");
    assertThat(audited.path("before").path("files").path(0).asString()).isEqualTo(PACKED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"olderThanDays\":0}",
        "{\"olderThanDays\":3651}",
        "{\"olderThanDays\":\"x\"}"
      })
  void a_cleanup_that_cannot_be_meant_deletes_nothing(String body) {
    var reply = api("POST", "logs/cleanup", body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("errors").path(0).path("field").asString())
        .isEqualTo("olderThanDays");
    assertThat(FOLDER.resolve(PACKED)).exists();
  }

  private List<String> recent(String query) {
    return recentJson(query)
        .path("items")
        .valueStream()
        .map(each -> each.path("message").asString())
        .toList();
  }

  private JsonNode recentJson(String query) {
    var reply = api("GET", "logs/recent?run=%d&%s".formatted(run, query), "");
    assertThat(reply.status()).as(reply.json().toString()).isEqualTo(200);
    return reply.json();
  }

  private HttpResponse<byte[]> download(String name) throws Exception {
    var uri = URI.create("http://127.0.0.1:%d/api/v1/logs/download/%s".formatted(port, name));
    return HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());
  }

  /** Every tenth is an error with a trace. */
  private static String lines(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(
            i ->
                """
                {"@timestamp":"2026-01-02T00:00:%02dZ","log":{"level":"%s","logger":"dev.pulse.Some"},\
                "process":{"pid":1,"thread":{"name":"t"}},"message":"line %d","run":"%d","stream":"issues"%s}
                """
                    .formatted(
                        i,
                        i % 10 == 0 ? "ERROR" : "INFO",
                        i,
                        run,
                        i % 10 == 0
                            ? ",\"error\":{\"stack_trace\":\"x\\n\\tat of.the.trace\"}"
                            : ""))
        .collect(Collectors.joining());
  }

  private static void write(String name, String text, Instant changed) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = name.endsWith(".gz") ? new GZIPOutputStream(bytes) : bytes) {
      out.write(text.getBytes(UTF_8));
    }
    var file = FOLDER.resolve(name);
    Files.write(file, bytes.toByteArray());
    Files.setLastModifiedTime(file, FileTime.from(changed));
  }
}
