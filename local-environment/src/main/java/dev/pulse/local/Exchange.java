package dev.pulse.local;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A request to a simulated source, and its answer. */
public final class Exchange {

  public static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int WORTH_COMPRESSING = 1_000;

  private final HttpExchange http;
  private final String prefix;
  private final String path;
  private final Map<String, String> query = new HashMap<>();
  private byte @Nullable [] body;

  /**
   * Wraps a request.
   *
   * @param prefix part of the path that names the source, such as {@code /jira}
   */
  Exchange(HttpExchange http, String prefix) {
    this.http = http;
    this.prefix = prefix;
    this.path = http.getRequestURI().getPath().substring(prefix.length());
    var raw = http.getRequestURI().getRawQuery();
    if (raw != null) {
      for (var pair : raw.split("&")) {
        var parts = pair.split("=", 2);
        query.put(decode(parts[0]), parts.length == 2 ? decode(parts[1]) : "");
      }
    }
  }

  /** The same request to a source that begins further down its path. */
  public Exchange below(String folder) {
    var below = new Exchange(http, prefix + folder);
    below.body = body();
    return below;
  }

  public String method() {
    return http.getRequestMethod();
  }

  public URI uri() {
    return http.getRequestURI();
  }

  /** Where the source begins, as a caller writes it. */
  public String root() {
    return "http://" + header("Host").orElse("127.0.0.1") + prefix;
  }

  /** Path after the prefix of the source. */
  public String path() {
    return path;
  }

  public Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name));
  }

  public int query(String name, int standard) {
    return query(name)
        .filter(value -> value.matches("\\d{1,9}"))
        .map(Integer::parseInt)
        .orElse(standard);
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(http.getRequestHeaders().getFirst(name));
  }

  public Exchange answerHeader(String name, String value) {
    http.getResponseHeaders().set(name, value);
    return this;
  }

  public JsonNode json() {
    return JSON.readTree(body());
  }

  public byte[] body() {
    if (body == null) {
      try {
        body = http.getRequestBody().readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return body;
  }

  public Answer answer(int status, Object json) {
    return new Answer(status, "application/json;charset=UTF-8", JSON.writeValueAsBytes(json));
  }

  /** An answer that has not been sent yet, so that a fault can still spoil it. */
  public record Answer(int status, String contentType, byte[] body) {

    public static Answer html(int status, String title) {
      var page =
          "<!DOCTYPE html><html><head><title>%1$s</title></head><body><h1>%1$s</h1></body></html>";
      return new Answer(
          status,
          "text/html;charset=UTF-8",
          page.formatted(title).getBytes(StandardCharsets.UTF_8));
    }

    public static Answer empty(int status) {
      return new Answer(status, "application/json;charset=UTF-8", new byte[0]);
    }
  }

  void send(Answer answer) throws IOException {
    var bytes = answer.body();
    http.getResponseHeaders().set("Content-Type", answer.contentType());
    boolean zip =
        bytes.length >= WORTH_COMPRESSING
            && header("Accept-Encoding").filter(all -> all.contains("gzip")).isPresent();
    if (zip) {
      http.getResponseHeaders().set("Content-Encoding", "gzip");
      bytes = zipped(bytes);
    }
    http.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) http.getResponseBody().write(bytes);
    http.close();
  }

  /** Promises the whole answer and closes the connection in the middle of it. */
  void cut(Answer answer) throws IOException {
    http.getResponseHeaders().set("Content-Type", answer.contentType());
    http.sendResponseHeaders(answer.status(), answer.body().length);
    http.getResponseBody().write(answer.body(), 0, answer.body().length / 2);
    http.getResponseBody().flush();
    throw new IOException("cut");
  }

  /** Sends the body byte by byte; ends early when the client has gone. */
  void drip(Answer answer, long millisPerByte) throws IOException {
    http.getResponseHeaders().set("Content-Type", answer.contentType());
    http.sendResponseHeaders(answer.status(), answer.body().length);
    for (byte next : answer.body()) {
      http.getResponseBody().write(next);
      http.getResponseBody().flush();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millisPerByte));
    }
    http.close();
  }

  private static byte[] zipped(byte[] plain) throws IOException {
    var out = new ByteArrayOutputStream(plain.length / 4);
    try (var zip = new GZIPOutputStream(out)) {
      zip.write(plain);
    }
    return out.toByteArray();
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
