package dev.pulse.etl.platform.access;

import dev.pulse.etl.platform.NotStartable;
import dev.pulse.model.signing.SigningKeys;
import dev.pulse.model.signing.SigningKeys.UnusableKeys;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration
@EnableConfigurationProperties(InternalSettings.class)
class AccessConfiguration implements WebMvcConfigurer {

  private final RouteAccess routeAccess;

  AccessConfiguration(RouteAccess routeAccess) {
    this.routeAccess = routeAccess;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(routeAccess).order(Integer.MIN_VALUE);
  }

  /** Looked at first of all: whoever reaches a service that asks for no signature may do all. */
  @Bean
  static BeanFactoryPostProcessor signedOrUnreachable(Environment environment) {
    return beans -> {
      var keysFile = environment.getProperty("pulse.internal.keys-file", "");
      if (!keysFile.isBlank()) {
        requireUsable(Path.of(keysFile));
      } else if (!isLoopback(environment.getProperty("server.address"))) {
        throw new NotStartable(
            "set PULSE_INTERNAL_KEYS_FILE to the file of the keys that sign requests, or"
                + " SERVER_ADDRESS to 127.0.0.1, because without keys whoever reaches it may do"
                + " everything");
      }
    };
  }

  private static void requireUsable(Path keysFile) {
    try {
      SigningKeys.read(keysFile);
    } catch (UnusableKeys e) {
      throw new NotStartable("PULSE_INTERNAL_KEYS_FILE cannot be used: " + e.getMessage(), e);
    }
  }

  private static boolean isLoopback(@Nullable String address) {
    if (address == null || address.isBlank()) return false; // it would listen on all there are
    try {
      return Arrays.stream(InetAddress.getAllByName(address))
          .allMatch(InetAddress::isLoopbackAddress);
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
