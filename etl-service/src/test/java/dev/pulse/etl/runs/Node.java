package dev.pulse.etl.runs;

import dev.pulse.etl.EtlService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One of several etl-services in this JVM, with a port of its own. */
public final class Node implements AutoCloseable {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String KEYS = keyFile();

  private final ConfigurableApplicationContext context;
  private final int port;

  private Node(ConfigurableApplicationContext context) {
    this.context = context;
    this.port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  /**
   * Starts a node.
   *
   * @param cluster what Quartz calls all nodes of it together
   * @param more further settings, as on a command line
   */
  public static Node start(String database, String cluster, String... more) {
    return start(Clock.systemUTC(), database, cluster, more);
  }

  /** Starts a node that takes the time from another clock. */
  static Node start(Clock clock, String database, String cluster, String... more) {
    var settings =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--management.server.port=0",
                "--spring.datasource.url=" + database,
                "--spring.datasource.username=postgres",
                "--spring.datasource.password=postgres",
                "--spring.quartz.properties.org.quartz.scheduler.instanceName=" + cluster,
                "--spring.quartz.properties.org.quartz.jobStore.class="
                    + InJvmJobStore.class.getName(),
                "--spring.main.banner-mode=off",
                "--pulse.secrets.kek-file=" + KEYS,
                "--pulse.sources.allowed-networks=127.0.0.0/8",
                "--pulse.sources.deadline=60s",
                "--pulse.ingest.backoff=20ms"));
    settings.addAll(List.of(more));
    return new Node(
        new SpringApplicationBuilder(EtlService.class)
            .initializers(
                beans ->
                    ((GenericApplicationContext) beans)
                        .registerBean(
                            "clockOfNode", Clock.class, () -> clock, bean -> bean.setPrimary(true)))
            .run(settings.toArray(String[]::new)));
  }

  /** An answer of its REST API. */
  public record Reply(int status, JsonNode json) {

    public String code() {
      return json.path("code").asString("");
    }

    /** The field that a problem names first. */
    public String field() {
      return json.path("errors").path(0).path("field").asString("");
    }
  }

  public Reply get(String path) {
    return ask("GET", path, "");
  }

  public Reply post(String path) {
    return ask("POST", path, "");
  }

  public Reply ask(String method, String path, String json) {
    var request =
        HttpRequest.newBuilder(URI.create(url() + path))
            .method(
                method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json))
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(60))
            .build();
    try {
      var answer = HTTP.send(request, BodyHandlers.ofString());
      return new Reply(
          answer.statusCode(),
          JsonMapper.shared().readTree(answer.body().isEmpty() ? "null" : answer.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The address of its API, with a slash at the end. */
  public String url() {
    return "http://127.0.0.1:%d/api/v1/".formatted(port);
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  @Override
  public void close() {
    context.close();
  }

  private static String keyFile() {
    try {
      var key = new byte[32];
      new SecureRandom().nextBytes(key);
      var file = Files.createTempFile("pulse-kek", ".txt");
      Files.writeString(file, "test:" + Base64.getEncoder().encodeToString(key) + "\n");
      file.toFile().deleteOnExit();
      return file.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
