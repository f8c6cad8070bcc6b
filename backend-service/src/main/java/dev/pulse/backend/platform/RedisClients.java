package dev.pulse.backend.platform;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Objects;

/** How Redis is reached: never waiting for one that is not there. */
final class RedisClients {

  /** To connect, with all that TLS and a password take. */
  private static final Duration CONNECT = Duration.ofSeconds(2);

  private RedisClients() {}

  static RedisClient make(RedisSettings settings) {
    var client = RedisClient.create(uri(settings));
    var options =
        ClientOptions.builder()
            .autoReconnect(false) // it is connected to anew by whoever looks whether it is there
            .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
            .maintNotificationsConfig(MaintNotificationsConfig.disabled())
            .socketOptions(SocketOptions.builder().connectTimeout(CONNECT).keepAlive(true).build())
            .timeoutOptions(TimeoutOptions.builder().fixedTimeout(settings.timeout()).build());
    var authority = settings.caFile();
    if (authority != null) {
      if (!Files.isReadable(authority)) {
        throw new NotStartable(
            "the file %s of PULSE_REDIS_CA_FILE cannot be read".formatted(authority));
      }
      options.sslOptions(SslOptions.builder().trustManager(authority.toFile()).build());
    }
    client.setOptions(options.build());
    return client;
  }

  private static RedisURI uri(RedisSettings settings) {
    var uri = RedisURI.create(Objects.requireNonNull(settings.url()));
    uri.setTimeout(CONNECT);
    if (!settings.username().isEmpty()) {
      uri.setAuthentication(settings.username(), settings.password().toCharArray());
    } else if (!settings.password().isEmpty()) {
      uri.setAuthentication(settings.password().toCharArray());
    }
    return uri;
  }
}
