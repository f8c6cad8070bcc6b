package dev.pulse.backend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Talks to the service like Pulse's own pages: keeps cookies, and says which page asks. */
public final class Browser {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final int port;
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private final Map<String, String> headers = new LinkedHashMap<>();

  public Browser(int port) {
    this.port = port;
    headers.put("X-Pulse-Request", "1");
    headers.put("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0");
  }

  /** An answer; {@code json} is null JSON if there is no body. */
  public record Reply(HttpResponse<String> http) {
    public int status() {
      return http.statusCode();
    }

    public JsonNode json() {
      return JsonMapper.shared().readTree(http.body().isEmpty() ? "null" : http.body());
    }

    /** Of a problem; empty if it is none. */
    public String code() {
      return header("Content-Type").filter("application/problem+json"::equals).isPresent()
          ? json().path("code").asString("")
          : "";
    }

    public Optional<String> header(String name) {
      return http.headers().firstValue(name);
    }
  }

  public Browser with(String header, String value) {
    headers.put(header, value);
    return this;
  }

  public Browser without(String header) {
    headers.remove(header);
    return this;
  }

  /** From that address, as a trusted proxy would say. */
  public Browser from(String address) {
    return with("X-Forwarded-For", address);
  }

  public Browser withCookie(String name, String value) {
    cookies.put(name, value);
    return this;
  }

  public String cookie(String name) {
    return cookies.getOrDefault(name, "");
  }

  /** Another with the same cookies, as if they had been copied. */
  public Browser copy() {
    return copyTo(port);
  }

  /** The same, but it asks another node. */
  public Browser copyTo(int port) {
    var copy = new Browser(port);
    copy.cookies.putAll(cookies);
    copy.headers.putAll(headers);
    return copy;
  }

  public Reply get(String path) {
    return send("GET", path, "");
  }

  public Reply post(String path, String json) {
    return send("POST", path, json);
  }

  public Reply put(String path, String json) {
    return send("PUT", path, json);
  }

  public Reply delete(String path) {
    return send("DELETE", path, "");
  }

  public Reply login(String email, String password) {
    var body = JsonMapper.shared().writeValueAsString(Map.of("email", email, "password", password));
    return post("/api/auth/login", body);
  }

  public Reply refresh() {
    return post("/api/auth/refresh", "");
  }

  public Reply send(String method, String path, String json) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(60))
            .method(
                method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
    if (!json.isEmpty()) request.header("Content-Type", "application/json");
    headers.forEach(request::header);
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(each -> each.getKey() + "=" + each.getValue())
              .collect(Collectors.joining("; ")));
    }
    try {
      var answer = HTTP.send(request.build(), BodyHandlers.ofString());
      answer.headers().allValues("Set-Cookie").forEach(this::keep);
      return new Reply(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void keep(String setCookie) {
    var pair = setCookie.split(";", 2)[0].split("=", 2);
    if (pair[1].isEmpty()) cookies.remove(pair[0]);
    else cookies.put(pair[0], pair[1]);
  }
}
