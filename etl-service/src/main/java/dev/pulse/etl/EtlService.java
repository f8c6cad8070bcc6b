package dev.pulse.etl;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;

/** The data engine. It has no page for errors: what no controller answers, BareErrors does. */
@SpringBootApplication(exclude = ErrorMvcAutoConfiguration.class)
public class EtlService {

  public static void main(String[] arguments) {
    SpringApplication.run(EtlService.class, arguments);
  }
}
