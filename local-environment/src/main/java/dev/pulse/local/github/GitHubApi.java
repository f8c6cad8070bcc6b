package dev.pulse.local.github;

import dev.pulse.local.Api;
import dev.pulse.local.Exchange;
import dev.pulse.local.Exchange.Answer;
import dev.pulse.local.Requests;
import dev.pulse.local.faults.Faults;
import dev.pulse.local.world.World;
import java.util.Map;

/** GitHub. */
public final class GitHubApi implements Api {

  public GitHubApi(World world, Faults faults, Requests requests) {}

  @Override
  public String name() {
    return "github";
  }

  @Override
  public String operation(Exchange exchange) {
    return exchange.path();
  }

  @Override
  public Answer answer(Exchange exchange, String operation) {
    return refusal(exchange, 404);
  }

  @Override
  public Answer refusal(Exchange exchange, int status) {
    return exchange.answer(status, Map.of("message", "Not Found"));
  }
}
