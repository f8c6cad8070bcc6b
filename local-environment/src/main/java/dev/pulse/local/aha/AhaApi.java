package dev.pulse.local.aha;

import dev.pulse.local.Api;
import dev.pulse.local.Exchange;
import dev.pulse.local.Exchange.Answer;
import dev.pulse.local.Simulator;
import dev.pulse.local.faults.Faults;
import dev.pulse.local.world.Shelf.Sort;
import dev.pulse.local.world.World;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Aha!, REST API version 1. Every call needs {@link Simulator#TOKEN} as bearer token.
 *
 * @see <a href="https://www.aha.io/api">the API</a>
 */
public final class AhaApi implements Api {

  private final World world;
  private final Lists lists;
  private volatile @Nullable Allowance allowance;

  public AhaApi(World world, Faults faults) {
    this.world = world;
    this.lists = new Lists(world, faults);
  }

  /** Sets how many requests are answered in a while; without, there is no end. */
  public void allow(int requests, Duration window) {
    allowance = new Allowance(requests, window);
  }

  /** Sets the order of all lists, of which the documentation says nothing. */
  public void sort(Sort sort) {
    lists.sort(sort);
  }

  @Override
  public String name() {
    return "aha";
  }

  @Override
  public String label() {
    return "Aha!";
  }

  @Override
  public Map<String, String> settings(URI address) {
    return Map.of("baseUrl", address.toString());
  }

  @Override
  public void budget(JsonNode wish) {
    allow(wish.path("requests").asInt(), Duration.ofSeconds(wish.path("seconds").asLong(60)));
  }

  @Override
  public Map<String, Long> fewestRequests() {
    return CheapestReading.of(world);
  }

  @Override
  public String operation(Exchange exchange) {
    return exchange
        .path()
        .replaceFirst("^/api/v1/", "")
        .replaceFirst("^products/[^/]+/", "products/")
        .replaceFirst("^(?!products/)([a-z]+)/[^/]+$", "$1/one");
  }

  @Override
  public Answer answer(Exchange exchange, String operation) {
    if (!exchange.path().startsWith("/api/v1/")) return Answer.html(404, "Page not found");
    if (!exchange.header("Authorization").orElse("").equals("Bearer " + Simulator.TOKEN)) {
      return refusal(exchange, 401);
    }
    var allowed = allowance;
    if (allowed != null && !allowed.take(exchange, world.now())) return refusal(exchange, 429);
    return switch (operation) {
      case "me" -> {
        var me = Bodies.user(world.people().getFirst());
        yield exchange.answer(200, Map.of("user", me));
      }
      case "products" -> lists.products(exchange);
      case "users" -> lists.users(exchange);
      case "audits" -> lists.audits(exchange);
      default -> {
        var parts = exchange.path().replaceFirst("^/api/v1/", "").split("/");
        yield switch (parts.length) {
          case 1 -> lists.plans(exchange, operation, parts[0], null);
          case 2 -> lists.plan(exchange, parts[0], parts[1]);
          case 3 -> lists.plans(exchange, operation, parts[2], parts[1]);
          default -> refusal(exchange, 404);
        };
      }
    };
  }

  @Override
  public Answer refusal(Exchange exchange, int status) {
    return refuse(exchange, status);
  }

  static Answer refuse(Exchange exchange, int status) {
    return switch (status) {
      case 401 -> {
        exchange.answerHeader("WWW-Authenticate", "Bearer realm=\"Aha!\"");
        yield error(exchange, 401, "Unauthorized");
      }
      case 403, FORBIDDEN -> error(exchange, 403, "You do not have access to this record.");
      case 404 -> error(exchange, 404, "Record not found");
      default -> error(exchange, status, "Too many requests");
    };
  }

  private static Answer error(Exchange exchange, int status, String message) {
    return exchange.answer(status, Map.of("errors", Map.of("message", message)));
  }
}
