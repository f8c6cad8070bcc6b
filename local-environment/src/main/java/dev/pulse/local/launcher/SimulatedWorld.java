package dev.pulse.local.launcher;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Behind the scenes of the simulated sources. */
final class SimulatedWorld {

  private static final Http HTTP = new Http();

  private SimulatedWorld() {}

  /**
   * Asks the simulated sources themselves.
   *
   * @param path such as {@code requests}
   * @throws LauncherProblem if they do not answer
   */
  static JsonNode ask(LocalStack stack, String method, String path, Optional<String> json) {
    try {
      var uri = URI.create(stack.simulator() + "/_world/" + path);
      var answer = HTTP.send(method, uri, json, Duration.ofMinutes(5));
      if (answer.succeeded()) return JsonMapper.shared().readTree(answer.body());
      throw new LauncherProblem("The simulated sources refuse: " + answer.body(), "Try again.");
    } catch (IOException e) {
      throw new LauncherProblem("The simulated sources do not answer.", "Try again.", e);
    }
  }
}
