package dev.pulse.etl.platform.http;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Where sources may be, and how long and how much they may answer.
 *
 * @param allowedNetworks networks (CIDR) in which sources with private addresses, or without TLS,
 *     may be reached; everything else must be a public address over https
 * @param proxiedHosts hosts that may be reached through a proxy, {@code *.example.com} standing for
 *     all below it: the proxy looks their addresses up, so they cannot be checked here
 * @param connectTimeout for the connection itself
 * @param deadline for one request as a whole, from the first byte sent to the last received
 * @param maxAnswer the largest answer, after decompression; a longer one is cut off and refused
 */
@Validated
@ConfigurationProperties("pulse.sources")
public record SourceSettings(
    @DefaultValue List<String> allowedNetworks,
    @DefaultValue List<String> proxiedHosts,
    @DefaultValue("10s") @NotNull Duration connectTimeout,
    @DefaultValue("60s") @NotNull Duration deadline,
    @DefaultValue("32MB") @NotNull DataSize maxAnswer) {

  public SourceSettings {
    allowedNetworks = List.copyOf(allowedNetworks);
    proxiedHosts = List.copyOf(proxiedHosts);
  }
}
