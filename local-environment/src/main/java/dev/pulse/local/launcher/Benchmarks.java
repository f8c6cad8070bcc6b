package dev.pulse.local.launcher;

import dev.pulse.local.launcher.Command.Bench;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the benchmark that is wished for, runs it, and shows its figures. */
final class Benchmarks {

  private final List<Benchmark> known;

  Benchmarks(List<Benchmark> known) {
    this.known = List.copyOf(known);
  }

  /**
   * @throws LauncherProblem if there is no such benchmark
   */
  void run(Checkout checkout, Bench wish, PrintStream out) {
    var benchmark = known.stream().filter(each -> each.name().equals(wish.benchmark())).findFirst();
    var figures =
        benchmark.orElseThrow(() -> unknown(wish.benchmark())).run(checkout, wish).toPrettyString();
    out.println(figures);
    wish.json()
        .ifPresent(
            file -> {
              try {
                Files.writeString(file, figures + "\n");
              } catch (IOException e) {
                throw Checkout.notWritable(file, e);
              }
            });
  }

  private LauncherProblem unknown(String name) {
    var names = known.stream().map(Benchmark::name).collect(Collectors.joining(", "));
    return new LauncherProblem(
        "There is no benchmark '%s' yet.".formatted(name),
        known.isEmpty() ? "None is built so far." : "There is: %s.".formatted(names));
  }
}
