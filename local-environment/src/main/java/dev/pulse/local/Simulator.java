package dev.pulse.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pulse.local.Exchange.Answer;
import dev.pulse.local.faults.Fault;
import dev.pulse.local.faults.Fault.Kind;
import dev.pulse.local.faults.Faults;
import dev.pulse.local.github.GitHubApi;
import dev.pulse.local.jira.JiraApi;
import dev.pulse.local.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * The simulated sources, on one port of the loopback address: each under its name, such as {@code
 * /jira}, and {@code /_world} for looking behind the scenes.
 */
public final class Simulator implements AutoCloseable {

  /** The token that every source accepts. */
  public static final String TOKEN = "demo-token";

  private final HttpServer server;
  private final World world;
  private final Faults faults = new Faults();
  private final Requests requests = new Requests();
  private final List<Api> sources;

  private Simulator(World world, int port) {
    this.world = world;
    this.sources = Sources.find(world, faults, requests);
    try {
      server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
    } catch (IOException e) {
      throw new UncheckedIOException("port " + port + " cannot be opened", e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    for (var api : sources) {
      server.createContext("/" + api.name(), http -> serve(http, api));
    }
    server.createContext("/_world", new WorldApi(this)::serve);
    server.start();
  }

  /**
   * Starts the sources.
   *
   * @param port 0 = any
   */
  public static Simulator start(World world, int port) {
    return new Simulator(world, port);
  }

  public URI url(String source) {
    return URI.create("http://127.0.0.1:%d/%s".formatted(server.getAddress().getPort(), source));
  }

  public World world() {
    return world;
  }

  public Faults faults() {
    return faults;
  }

  /** All simulated sources, by name. */
  public List<Api> sources() {
    return sources;
  }

  /** A simulated source, to set what it answers. */
  public <T extends Api> T source(Class<T> type) {
    return sources.stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
  }

  /** The simulated Jira, to set what its callers may use. */
  public JiraApi jira() {
    return source(JiraApi.class);
  }

  /** The simulated GitHub, to set what its token may use. */
  public GitHubApi github() {
    return source(GitHubApi.class);
  }

  public Requests requests() {
    return requests;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void serve(HttpExchange http, Api api) throws IOException {
    var exchange = new Exchange(http, "/" + api.name());
    var operation = api.operation(exchange);
    requests.begin(api.name() + " " + operation);
    try {
      respond(exchange, api, operation);
    } catch (RuntimeException e) {
      e.printStackTrace();
      exchange.send(Answer.html(500, "Internal error"));
    } finally {
      requests.end();
    }
  }

  private void respond(Exchange exchange, Api api, String operation) throws IOException {
    var query = Objects.requireNonNullElse(exchange.uri().getRawQuery(), "");
    var body = new String(exchange.body(), StandardCharsets.UTF_8);
    var text = exchange.path() + "?" + query + " " + body;
    var strike = new Strike(api.name(), operation, text);
    strike.of(Kind.SLOW).ifPresent(slow -> pause(number(slow, 100)));
    var refusal =
        strike.of(
            Kind.RATE_LIMITED,
            Kind.SECONDARY_LIMIT,
            Kind.STATUS,
            Kind.UNAUTHORIZED,
            Kind.FORBIDDEN,
            Kind.NOT_FOUND,
            Kind.HTML);
    if (refusal.isPresent()) {
      exchange.send(refuse(exchange, api, refusal.get()));
      return;
    }
    var answer = api.answer(exchange, operation);
    var spoiled = strike.of(Kind.CUT, Kind.TRUNCATED_JSON, Kind.DRIP, Kind.SILENT);
    if (spoiled.isEmpty()) {
      exchange.send(answer);
      return;
    }
    switch (spoiled.get().kind()) {
      case CUT -> exchange.cut(answer);
      case TRUNCATED_JSON -> exchange.send(half(answer));
      case DRIP -> exchange.drip(answer, number(spoiled.get(), 1_000));
      default -> {
        pause(number(spoiled.get(), 120_000));
        throw new IOException("silent");
      }
    }
  }

  private final class Strike {
    private final String source;
    private final String operation;
    private final String text;

    Strike(String source, String operation, String text) {
      this.source = source;
      this.operation = operation;
      this.text = text;
    }

    Optional<Fault> of(Kind... kinds) {
      return faults.strike(source, operation, text, kinds);
    }
  }

  private Answer refuse(Exchange exchange, Api api, Fault fault) {
    return switch (fault.kind()) {
      case RATE_LIMITED, SECONDARY_LIMIT -> {
        if (fault.number() != null) {
          exchange.answerHeader("Retry-After", fault.number().toString());
          requests.forbidFor(fault.number());
        }
        yield api.refusal(exchange, fault.kind() == Kind.RATE_LIMITED ? 429 : 403);
      }
      case UNAUTHORIZED -> api.refusal(exchange, 401);
      case FORBIDDEN -> api.refusal(exchange, Api.FORBIDDEN);
      case NOT_FOUND -> api.refusal(exchange, 404);
      case HTML -> Answer.html(200, "Sign in");
      default -> Answer.html((int) number(fault, 502), "Unavailable");
    };
  }

  private static Answer half(Answer answer) {
    return new Answer(
        answer.status(),
        answer.contentType(),
        Arrays.copyOf(answer.body(), answer.body().length / 2));
  }

  private static long number(Fault fault, long standard) {
    return fault.number() == null ? standard : fault.number();
  }

  private static void pause(long millis) {
    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
  }

  /** Runs the sources until the process ends: {@code Simulator [PORT] [SCALE] [SEED]}. */
  public static void main(String[] arguments) throws InterruptedException {
    int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 9000;
    int scale = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2_000;
    long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : 1;
    var simulator = start(new World(seed, scale, Clock.systemUTC()), port);
    System.out.println("Simulated sources answer at " + simulator.url(""));
    Thread.currentThread().join();
  }
}
