package dev.pulse.frontend;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where etl-service is.
 *
 * @param url its address as a browser reaches it, without a path
 */
@ConfigurationProperties("pulse.etl")
record EtlAddress(@DefaultValue("http://127.0.0.1:8000") URI url) {

  EtlAddress {
    if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
      throw new IllegalArgumentException("pulse.etl.url is not an http address: " + url);
    }
  }

  /** The address of one of its pages. */
  URI page(String path) {
    return url.resolve(path);
  }
}
