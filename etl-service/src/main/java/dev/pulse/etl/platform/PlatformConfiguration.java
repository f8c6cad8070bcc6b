package dev.pulse.etl.platform;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
class PlatformConfiguration {

  /** The only source of time. */
  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
