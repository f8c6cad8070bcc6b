package dev.pulse.frontend.pages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class PagesTest {

  private static final Pattern SCRIPT = Pattern.compile("src=\"(/assets/[^\"]+\\.js)\"");

  private final HttpClient http = HttpClient.newHttpClient();

  @Value("${local.server.port}")
  private int port;

  @ParameterizedTest
  @ValueSource(strings = {"/", "/jobs", "/jobs/runs/812?level=WARN", "/nothing/here", "/login"})
  void the_address_of_every_page_brings_the_dashboard(String path) throws Exception {
    var answer = browse(path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Type")).startsWith("text/html");
    assertThat(header(answer, "Cache-Control")).isEqualTo("no-cache");
    assertThat(text(answer)).contains("<div id=\"root\">");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/assets/none-12345678.js", "/favicon.ico", "/api", "/health/other"})
  void what_is_no_page_is_not_there_for_browsers_either(String path) throws Exception {
    assertThat(browse(path).statusCode()).isEqualTo(404);
  }

  @Test
  void files_with_a_hash_in_their_name_are_kept_for_ever() throws Exception {
    var answer = get(script(), "identity");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Cache-Control")).isEqualTo("max-age=31536000, public, immutable");
    assertThat(answer.headers().firstValue("Last-Modified")).isEmpty();
  }

  @Test
  void files_come_compressed_as_the_build_has_made_them() throws Exception {
    var plain = get(script(), "identity");
    var brotli = get(script(), "gzip, deflate, br");
    var gzip = get(script(), "gzip");

    assertThat(header(brotli, "Content-Encoding")).isEqualTo("br");
    assertThat(header(brotli, "Vary")).contains("Accept-Encoding");
    assertThat(brotli.body().length).isLessThan(plain.body().length / 2);
    assertThat(header(gzip, "Content-Encoding")).isEqualTo("gzip");
    var unpacked = new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes();
    assertThat(unpacked).isEqualTo(plain.body());
  }

  @Test
  void no_script_and_no_style_runs_but_the_dashboards_own() throws Exception {
    var answer = browse("/jobs");

    assertThat(header(answer, "Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self'", "style-src 'self'")
        .contains("frame-ancestors 'none'", "base-uri 'none'", "require-trusted-types-for 'script'")
        .doesNotContain("unsafe");
    assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(answer, "Referrer-Policy")).isEqualTo("same-origin");
    assertThat(text(answer)).doesNotContain("<style", "onload=", "<script>");
  }

  private String script() throws Exception {
    var script = SCRIPT.matcher(text(browse("/")));
    assertThat(script.find()).isTrue();
    return script.group(1);
  }

  private HttpResponse<byte[]> browse(String path) throws Exception {
    return send(request(path).header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"));
  }

  private HttpResponse<byte[]> get(String path, String encoding) throws Exception {
    return send(request(path).header("Accept-Encoding", encoding));
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), UTF_8);
  }
}
