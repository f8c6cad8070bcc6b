package dev.pulse.frontend;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class FrontendService {

  public static void main(String[] arguments) {
    SpringApplication.run(FrontendService.class, arguments);
  }
}
