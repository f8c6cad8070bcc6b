package dev.pulse.backend.platform;

import java.time.Clock;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

@Configuration
class PlatformConfiguration {

  /** Without a database nobody can enter, and everything would fail in its own words. */
  @Bean
  static BeanFactoryPostProcessor databaseIsNamed(Environment environment) {
    return beans -> {
      if (!StringUtils.hasText(environment.getProperty("spring.datasource.url"))) {
        throw new NotStartable(
            "set SPRING_DATASOURCE_URL to the JDBC URL of the PostgreSQL database, such as"
                + " jdbc:postgresql://localhost:5432/pulse");
      }
    };
  }

  /** The only source of time. */
  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
