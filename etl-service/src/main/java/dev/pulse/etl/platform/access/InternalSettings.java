package dev.pulse.etl.platform.access;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which services may ask this one.
 *
 * @param keysFile file of the keys of those services, one a line as {@code
 *     caller:keyId:secret:apiKey}; without it no request is signed, and the service listens on the
 *     loopback address alone
 * @param allowedAddresses addresses or networks, such as {@code 10.1.0.0/16}, from which the
 *     service is asked, besides 127.0.0.1 and ::1
 */
@ConfigurationProperties("pulse.internal")
record InternalSettings(@Nullable Path keysFile, @DefaultValue List<String> allowedAddresses) {

  InternalSettings {
    allowedAddresses = List.copyOf(allowedAddresses);
    if (keysFile != null && keysFile.toString().isBlank()) keysFile = null;
  }

  /** Whether requests have to be signed. */
  boolean signed() {
    return keysFile != null;
  }
}
