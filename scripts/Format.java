import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs google-java-format over a source tree: {@code java Format.java check|write FORMATTER_JAR
 * DIRECTORY}. Check prints the files that differ and ends with 1 if there are any.
 */
class Format {

  private static final List<String> PARTS =
      List.of("api", "code", "file", "parser", "tree", "util");

  public static void main(String[] arguments) throws IOException, InterruptedException {
    var mode = arguments[0];
    var formatter = arguments[1];
    var root = Path.of(arguments[2]);
    if (!Files.isDirectory(root)) return;
    List<String> files;
    try (var tree = Files.walk(root)) {
      files = tree.map(Path::toString).filter(file -> file.endsWith(".java")).sorted().toList();
    }
    if (files.isEmpty()) return;

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
}
