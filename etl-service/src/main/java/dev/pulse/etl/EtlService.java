package dev.pulse.etl;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class EtlService {

  public static void main(String[] arguments) {
    SpringApplication.run(EtlService.class, arguments);
  }
}
