package dev.pulse.frontend;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the service that shows Pulse to people. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class FrontendService {

  public static void main(String[] arguments) {
    SpringApplication.run(FrontendService.class, arguments);
  }
}
