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
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the words after {@code scripts/pulse}. A word that means nothing is an error, never
 * ignored.
 */
final class CommandLine {

  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

  private final Deque<String> words;
  private final String command;

  private CommandLine(List<String> words) {
    this.words = new ArrayDeque<>(words);
    this.command = this.words.isEmpty() ? "" : this.words.removeFirst();
  }

  /**
   * @throws LauncherProblem if the words are not a command
   */
  static Command parse(String... words) {
    var line = new CommandLine(List.of(words));
    var command = line.command();
    if (!line.words.isEmpty()) throw line.wrong("does not know '%s'".formatted(line.words.peek()));
    return command;
  }

  private Command command() {
    return switch (command) {
      case "demo" -> new Demo(number("--scale", Demo.STANDARD_SCALE));
      case "up" -> new Up();
      case "down" -> new Down();
      case "status" -> new Status(flag("--json"));
      case "api" -> api();
      case "reset" -> new Reset(flag("--yes"));
      case "reset-admin" -> new ResetAdministrator();
      case "bench" -> bench();
      case "logs" -> logs();
      case "" -> throw new LauncherProblem("No command was given.", "Run: scripts/pulse help");
      default ->
          throw new LauncherProblem(
              "There is no command '%s'.".formatted(command), "Run: scripts/pulse help");
    };
  }

  private Api api() {
    var first = words.pollFirst();
    if (first == null) throw wrong("needs a path, such as /api/etl/jobs/status");
    if (first.startsWith("/")) {
      var body = Optional.ofNullable(words.pollFirst());
      return new Api(body.isPresent() ? "POST" : "GET", first, body);
    }
    if (!METHODS.contains(first)) throw wrong("does not know the method '%s'".formatted(first));
    var path = words.pollFirst();
    if (path == null || !path.startsWith("/")) throw wrong("needs a path that begins with /");
    return new Api(first, path, Optional.ofNullable(words.pollFirst()));
  }

  private Logs logs() {
    boolean follow = flag("--follow");
    return new Logs(Optional.ofNullable(words.pollFirst()), follow);
  }

  private Bench bench() {
    var items = number("--items", Demo.STANDARD_SCALE);
    var json = option("--json").map(Path::of);
    var name = Optional.ofNullable(words.pollFirst()).orElse("engine");
    return new Bench(name, items, json);
  }

  private boolean flag(String name) {
    return words.remove(name);
  }

  private long number(String name, long standard) {
    return option(name).map(value -> number(name, value)).orElse(standard);
  }

  private long number(String name, String value) {
    try {
      return Long.parseLong(value.replace("_", ""));
    } catch (NumberFormatException e) {
      throw wrong("%s '%s' is not a whole number".formatted(name, value));
    }
  }

  /** Takes {@code --name value} or {@code --name=value} out of the words. */
  private Optional<String> option(String name) {
    var left = List.copyOf(words);
    for (int at = 0; at < left.size(); at++) {
      var word = left.get(at);
      if (word.startsWith(name + "=")) {
        words.remove(word);
        return Optional.of(word.substring(name.length() + 1));
      }
      if (word.equals(name)) {
        if (at + 1 == left.size()) throw wrong("%s needs a value".formatted(name));
        var rest = new ArrayDeque<>(left.subList(0, at));
        rest.addAll(left.subList(at + 2, left.size()));
        words.clear();
        words.addAll(rest);
        return Optional.of(left.get(at + 1));
      }
    }
    return Optional.empty();
  }

  private LauncherProblem wrong(String what) {
    return new LauncherProblem(
        "scripts/pulse %s %s.".formatted(command, what), "Run: scripts/pulse help");
  }
}
