package dev.pulse.local.launcher;

import dev.pulse.local.launcher.Command.Api;
import dev.pulse.local.launcher.Command.Bench;
import dev.pulse.local.launcher.Command.Demo;
import dev.pulse.local.launcher.Command.Down;
import dev.pulse.local.launcher.Command.Logs;
import dev.pulse.local.launcher.Command.Reset;
import dev.pulse.local.launcher.Command.ResetAdministrator;
import dev.pulse.local.launcher.Command.Status;
import dev.pulse.local.launcher.Command.Up;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Scanner;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The commands of {@code scripts/pulse}, which finds the JDK, builds what is stale and calls this.
 */
public final class Pulse {

  private static final int FAILED = 1;
  private static final int LINES_OF_LOG = 60;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);

  private final Checkout checkout;
  private final Ports ports;
  private final PrintStream out;

  Pulse(Checkout checkout, Ports ports, PrintStream out) {
    this.checkout = checkout;
    this.ports = ports;
    this.out = out;
  }

  /** Runs one command in the checkout that {@code -Dpulse.checkout} names. */
  public static void main(String[] words) {
    System.exit(run(Path.of(System.getProperty("pulse.checkout", "")), words));
  }

  private static int run(Path root, String... words) {
    try {
      var command = CommandLine.parse(words);
      return new Pulse(new Checkout(root), Ports.from(System.getenv()), System.out).run(command);
    } catch (LauncherProblem problem) {
      System.err.println(problem.getMessage());
      System.err.println(problem.remedy());
      return FAILED;
    }
  }

  int run(Command command) {
    return switch (command) {
      case Demo demo -> alone(() -> demo(demo));
      case Up _ -> alone(this::up);
      case Down _ -> alone(this::down);
      case Reset reset -> alone(() -> reset(reset));
      case ResetAdministrator _ -> alone(this::resetAdministrator);
      case Status status -> status(status);
      case Api api -> api(api);
      case Bench bench -> bench(bench);
      case Logs logs -> logs(logs);
    };
  }

  private int demo(Demo demo) {
    var stack = new LocalStack(checkout, ports);
    out.println("Starting PostgreSQL, the simulated sources and the services...");
    stack.start(OptionalLong.of(demo.scale()));
    var unread = stack.connectDemo();
    out.println("Everything answers.");
    unread.forEach(source -> out.printf("Not connected: etl-service cannot read %s.%n", source));
    addresses(stack);
    return 0;
  }

  private int up() {
    var stack = new LocalStack(checkout, ports);
    out.println("Starting PostgreSQL and the services...");
    stack.start(OptionalLong.empty());
    out.println("Everything answers.");
    addresses(stack);
    return 0;
  }

  private void addresses(LocalStack stack) {
    out.println();
    out.println(stack.status().text());
    out.println();
    stack.takePassword().ifPresent(this::tellOnce);
    out.println("Dashboard:                " + stack.dashboard());
    out.println("API, to read and to try:  " + stack.api().url().resolve("/docs"));
    out.println("How it goes on:           scripts/pulse status");
    out.println("End it:                   scripts/pulse down");
  }

  private void tellOnce(String password) {
    out.println("Administrator:            admin@localhost, password " + password);
    out.println("                          (shown this once; to be changed at the next login)");
  }

  private int resetAdministrator() {
    tellOnce(new LocalStack(checkout, ports).resetAdministrator());
    return 0;
  }

  private int down() {
    var ended = new LocalStack(checkout, ports).end();
    out.println(ended.isEmpty() ? "Nothing was running." : "Ended: " + String.join(", ", ended));
    return 0;
  }

  private int reset(Reset reset) {
    if (!reset.confirmed() && !confirmed()) {
      out.println("Nothing was changed.");
      return FAILED;
    }
    new LocalStack(checkout, ports).end();
    checkout.delete();
    out.println("Everything of this checkout is forgotten.");
    return 0;
  }

  private boolean confirmed() {
    out.printf("This ends Pulse and deletes its database and keys in %s.%n", checkout.state());
    out.print("Type yes to go on: ");
    out.flush();
    var answer = new Scanner(System.in, StandardCharsets.UTF_8);
    return answer.hasNextLine() && answer.nextLine().strip().equals("yes");
  }

  private int status(Status status) {
    var report = new LocalStack(checkout, ports).status();
    out.println(status.json() ? report.json() : report.text());
    return 0;
  }

  private int api(Api api) {
    var answer =
        new GatewayApi(new Http(), ports, new Secrets(checkout))
            .send(api.method(), api.path(), api.body());
    if (!answer.body().isEmpty()) out.println(pretty(answer.body()));
    if (answer.succeeded()) return 0;
    System.err.println("HTTP " + answer.status());
    return FAILED;
  }

  private int bench(Bench bench) {
    new Benchmarks(
            List.of(
                new EngineBenchmark(ports),
                new ControlBenchmark(ports),
                new GatewayBenchmark(ports)))
        .run(checkout, bench, out);
    return 0;
  }

  private int logs(Logs logs) {
    var known = new LocalStack(checkout, ports).logs();
    var wanted = logs.service().map(List::of).orElse(known);
    for (var service : wanted) {
      if (!known.contains(service)) {
        throw new LauncherProblem(
            "There is no log of '%s'.".formatted(service),
            "There are: " + String.join(", ", known));
      }
    }
    var colours = Colours.shownOn(System.console());
    for (var service : wanted) {
      var log = checkout.log(service);
      out.printf("== %s%n%s%n", log, colours.of(LogFile.end(log, LINES_OF_LOG)));
    }
    if (logs.follow()) follow(wanted, colours);
    return 0;
  }

  /** Until it is interrupted. */
  private void follow(List<String> services, Colours colours) {
    var followed = new TreeMap<String, FollowedLog>();
    for (var service : services) followed.put(service, new FollowedLog(checkout.log(service)));
    while (!Thread.currentThread().isInterrupted()) {
      followed.forEach(
          (service, log) -> {
            var name = services.size() == 1 ? "" : service + " | ";
            log.added().forEach(line -> out.println(name + colours.of(line)));
          });
      out.flush();
      try {
        Thread.sleep(BETWEEN_LOOKS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private interface Work {
    int run();
  }

  /** Two commands that start or end processes must not meet in one checkout. */
  private int alone(Work work) {
    var file = checkout.run().resolve("lock");
    try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = channel.tryLock()) {
      if (lock == null) {
        throw new LauncherProblem(
            "Another scripts/pulse is at work in this checkout.", "Wait until it has ended.");
      }
      return work.run();
    } catch (IOException e) {
      throw Checkout.notWritable(file, e);
    }
  }

  private static String pretty(String body) {
    try {
      return JsonMapper.shared().readTree(body).toPrettyString();
    } catch (JacksonException notJson) {
      return body;
    }
  }
}
