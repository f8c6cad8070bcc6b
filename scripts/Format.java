import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs google-java-format over the sources of every module: {@code java Format.java check|write
 * FORMATTER_JAR CHECKOUT}. Check prints the files that differ and ends with 1 if there are any.
 */
class Format {

  private static final List<String> PARTS =
      List.of("api", "code", "file", "parser", "tree", "util");

  public static void main(String[] arguments) throws IOException, InterruptedException {
    var mode = arguments[0];
    var formatter = arguments[1];
    var files = new ArrayList<String>();
    try (var modules = Files.list(Path.of(arguments[2]))) {
      for (var module : modules.sorted().toList()) files.addAll(sources(module.resolve("src")));
    }

    var list = Files.createTempFile("format", ".txt");
    Files.write(list, files);
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (var part : PARTS) {
      command.add("--add-exports=jdk.compiler/com.sun.tools.javac." + part + "=ALL-UNNAMED");
    }
    command.addAll(List.of("-jar", formatter));
    command.addAll(
        mode.equals("write")
            ? List.of("--replace")
            : List.of("--dry-run", "--set-exit-if-changed"));
    command.add("@" + list);
    int status = new ProcessBuilder(command).inheritIO().start().waitFor();
    Files.delete(list);
    if (status != 0 && mode.equals("check")) {
      System.err.println("The files above are not formatted: scripts/finalize.sh formats them.");
    }
    System.exit(status);
  }

  private static List<String> sources(Path root) throws IOException {
    if (!Files.isDirectory(root)) return List.of();
    try (var tree = Files.walk(root)) {
      return tree.map(Path::toString).filter(file -> file.endsWith(".java")).sorted().toList();
    }
  }
}
