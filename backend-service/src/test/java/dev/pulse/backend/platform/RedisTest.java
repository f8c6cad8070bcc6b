package dev.pulse.backend.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pulse.backend.RedisServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RedisTest {

  private static final String PASSWORD = "four dry martinis";

  @TempDir private Path folder = Path.of("");

  @Test
  @EnabledIf(
      value = "dev.pulse.backend.RedisServer#isAvailable",
      disabledReason = "no Redis starts on this machine: install redis-server")
  void it_is_believed_over_tls_only_by_its_certificate_and_believes_only_the_password()
      throws Exception {
    certificate("server");
    certificate("stranger");
    try (var server =
        RedisServer.secured(folder.resolve("server.pem"), folder.resolve("server.key"), PASSWORD)) {
      var url = "rediss://127.0.0.1:" + server.port();

      var redis = redis(url, PASSWORD, folder.resolve("server.pem"));
      redis.start();
      await().until(redis::isHere);
      redis.stop();
      assertNotReached(url, PASSWORD, folder.resolve("stranger.pem"));
      assertNotReached(url, PASSWORD, null);
      assertNotReached(url, "another", folder.resolve("server.pem"));
      assertNotReached(url, "", folder.resolve("server.pem"));
      assertNotReached("redis://127.0.0.1:" + server.port(), PASSWORD, null);
    }
  }

  @Test
  void an_authority_that_cannot_be_read_ends_the_start() {
    var redis = redis("rediss://127.0.0.1:1", "", folder.resolve("none.pem"));

    assertThatThrownBy(redis::start)
        .isInstanceOf(NotStartable.class)
        .hasMessageContaining("PULSE_REDIS_CA_FILE");
  }

  @Test
  void without_an_url_there_is_none() {
    assertThat(read(Map.of()).url()).isNull();
    assertThat(read(Map.of("pulse.redis.url", "")).url()).isNull();
    assertThat(NoRedis.make().isWanted()).isFalse();
  }

  @Test
  void each_setting_is_read() {
    var settings =
        read(
            Map.of(
                "pulse.redis.url", "rediss://redis.example:6380/3",
                "pulse.redis.username", "pulse",
                "pulse.redis.password", PASSWORD,
                "pulse.redis.ca-file", "/etc/ca.pem",
                "pulse.redis.timeout", "50ms",
                "pulse.redis.probe", "2s"));

    assertThat(settings.url()).isEqualTo(URI.create("rediss://redis.example:6380/3"));
    assertThat(settings.username()).isEqualTo("pulse");
    assertThat(settings.password()).isEqualTo(PASSWORD);
    assertThat(settings.caFile()).isEqualTo(Path.of("/etc/ca.pem"));
    assertThat(settings.timeout()).isEqualTo(Duration.ofMillis(50));
    assertThat(settings.probe()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.toString()).doesNotContain(PASSWORD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://redis:6379",
        "redis:6379",
        "redis://:secret@redis:6379",
        "redis://redis:6379/pulse",
        "redis://redis:6379?timeout=1s",
      })
  void what_is_no_redis_is_refused(String url) {
    assertThatThrownBy(() -> read(Map.of("pulse.redis.url", url)))
        .hasStackTraceContaining("pulse.redis.url")
        .satisfies(refused -> assertThat(refused.getCause()).hasMessageNotContaining("secret"));
  }

  private static void assertNotReached(String url, String password, @Nullable Path authority) {
    var redis = redis(url, password, authority);
    redis.start();
    try {
      assertThat(redis.isHere()).isFalse();
    } finally {
      redis.stop();
    }
  }

  private static Redis redis(String url, String password, @Nullable Path authority) {
    return new Redis(
        new RedisSettings(
            URI.create(url),
            "",
            password,
            authority,
            Duration.ofSeconds(1),
            Duration.ofMillis(500)));
  }

  private static RedisSettings read(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(new HashMap<>(settings)))
        .bindOrCreate("pulse.redis", RedisSettings.class);
  }

  /** Signed by itself, with its key beside it. */
  private void certificate(String name) throws Exception {
    var file = folder.resolve(name + ".p12");
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var made =
        new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-keystore",
                file.toString(),
                "-storepass",
                "changeit",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "bc:c=ca:true",
                "-ext",
                "san=ip:127.0.0.1")
            .redirectErrorStream(true)
            .start();
    if (made.waitFor() != 0) throw new IOException("keytool failed");
    var store = KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
    Key key = store.getKey(name, "changeit".toCharArray());
    pem(name + ".pem", "CERTIFICATE", store.getCertificate(name).getEncoded());
    pem(name + ".key", "PRIVATE KEY", key.getEncoded());
  }

  private void pem(String file, String kind, byte[] bytes) throws IOException {
    var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    Files.writeString(
        folder.resolve(file),
        "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, text));
  }
}
