package dev.pulse.etl;

import static java.util.stream.Collectors.joining;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.spi.ToolProvider;

/**
 * A program that tests start again and again in a JVM of its own. Most of what such a start costs
 * is the loading of classes: it is done once, in a rehearsal that comes to its end undisturbed, and
 * kept (an AOT cache, JEP 514). The cache holds classes of jars alone, so what lies in folders is
 * packed before.
 */
public final class ChildJvm {

  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  private final String main;
  private final List<String> options;
  private boolean rehearsed;
  private String cache = "-Xshare:auto";

  /** Where all of them find their classes. */
  private static final class Packed {

    static final Path FOLDER = folder();
    static final String CLASS_PATH = classPath();

    private static Path folder() {
      try {
        var folder = Files.createTempDirectory("pulse-child-jvm");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
        return folder;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void delete(Path folder) {
      var files = folder.toFile().listFiles();
      for (var file : files == null ? new File[0] : files) file.delete();
      folder.toFile().delete();
    }

    private static String classPath() {
      var number = new AtomicInteger();
      return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
          .map(Path::of)
          .filter(Files::exists)
          .map(each -> Files.isDirectory(each) ? jar(each, number.incrementAndGet()) : each)
          .map(Path::toString)
          .collect(joining(File.pathSeparator));
    }

    private static Path jar(Path classes, int number) {
      var jar = FOLDER.resolve(number + ".jar");
      int failed =
          ToolProvider.findFirst("jar")
              .orElseThrow()
              .run(
                  System.out,
                  System.err,
                  "--create",
                  "--no-compress",
                  "--file",
                  jar.toString(),
                  "-C",
                  classes.toString(),
                  ".");
      if (failed != 0) throw new IllegalStateException("cannot pack " + classes);
      return jar;
    }
  }

  /** Runs a command line to the end that the program itself comes to. */
  public interface Rehearsal<E extends Exception> {
    void run(List<String> command) throws E;
  }

  public ChildJvm(Class<?> main, String... options) {
    this.main = main.getName();
    this.options = List.of(options);
  }

  /** Lets the first of all children prepare the way; whoever comes meanwhile waits for it. */
  public synchronized <E extends Exception> void rehearse(Rehearsal<E> rehearsal) throws E {
    if (rehearsed) return;
    rehearsed = true;
    var file = Packed.FOLDER.resolve(main + ".aot");
    rehearsal.run(command("-XX:AOTCacheOutput=" + file));
    // Without it children are slower, and nothing else.
    if (Files.exists(file)) cache = "-XX:AOTCache=" + file;
  }

  /** A command line, to which the program's own arguments can be added. */
  public synchronized List<String> command() {
    return command(cache);
  }

  private List<String> command(String... more) {
    var command = new ArrayList<String>();
    command.add(JAVA);
    command.addAll(options);
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of(more));
    command.addAll(List.of("-cp", Packed.CLASS_PATH, main));
    return command;
  }
}
