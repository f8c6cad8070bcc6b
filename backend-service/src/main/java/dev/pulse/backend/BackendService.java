package dev.pulse.backend;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the gateway. */
@SpringBootApplication
public class BackendService {

  public static void main(String[] arguments) {
    SpringApplication.run(BackendService.class, arguments);
  }
}
