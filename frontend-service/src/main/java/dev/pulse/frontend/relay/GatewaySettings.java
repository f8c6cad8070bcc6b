package dev.pulse.frontend.relay;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the gateway is.
 *
 * @param url its address as this service reaches it, without a path
 * @param connectTimeout how long it may take to answer the call; it is near
 * @param answerTimeout how long it may take until an answer begins; how long that then goes on is
 *     not bounded, since events go on for ever
 */
@ConfigurationProperties("pulse.gateway")
record GatewaySettings(
    @DefaultValue("http://127.0.0.1:5000") URI url,
    @DefaultValue("2s") Duration connectTimeout,
    @DefaultValue("2m") Duration answerTimeout) {

  GatewaySettings {
    if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
      throw new IllegalArgumentException("pulse.gateway.url is not an http address: " + url);
    }
    if (url.getHost() == null || !url.getPath().replace("/", "").isEmpty()) {
      throw new IllegalArgumentException(
          "pulse.gateway.url has to be scheme, host and port alone: " + url);
    }
  }

  /**
   * The address of what is asked for.
   *
   * @param path as it came, still encoded, with its query
   */
  URI of(String path) {
    return URI.create(url.getScheme() + "://" + url.getRawAuthority() + path);
  }
}
