import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Builds or checks the dashboard with Node: {@code java Web.java build|check|e2e WEB OUT
 * [SKIP...]}. What has not changed since the last time is not done again; if a SKIP is {@code true}
 * nothing is checked.
 */
class Web {

  private static final int OLDEST_NODE = 20;
  private static final List<String> NOT_SOURCES = List.of("node_modules", "test-results", "e2e");

  private final Path web;

  Web(Path web) {
    this.web = web;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    var web = new Web(Path.of(arguments[1]));
    var out = Path.of(arguments[2]);
    if (!arguments[0].equals("build")) {
      if (List.of(arguments).subList(3, arguments.length).contains("true")) return;
      web.install();
      web.run("npm", "run", "--silent", arguments[0]);
    } else if (!web.isBuilt(out)) {
      web.install();
      web.run("npm", "run", "--silent", "build", "--", "--outDir", out.toString());
      Files.writeString(web.stamp(out), web.sources());
    }
  }

  private Path stamp(Path out) {
    return out.resolveSibling(out.getFileName() + ".built-from");
  }

  private boolean isBuilt(Path out) throws IOException {
    var stamp = stamp(out);
    return Files.exists(out.resolve("index.html"))
        && Files.exists(stamp)
        && Files.readString(stamp).equals(sources());
  }

  /** What the build reads, as one hash. */
  private String sources() throws IOException {
    var hash = sha256();
    try (var files = Files.walk(web)) {
      for (var file : files.filter(this::isSource).sorted().toList()) {
        hash.update(web.relativize(file).toString().getBytes());
        hash.update(Files.readAllBytes(file));
      }
    }
    return HexFormat.of().formatHex(hash.digest());
  }

  private boolean isSource(Path file) {
    var first = web.relativize(file).getName(0).toString();
    return !NOT_SOURCES.contains(first) && Files.isRegularFile(file);
  }

  private void install() throws IOException, InterruptedException {
    requireNode();
    var stamp = web.resolve("node_modules/.installed-from");
    var wanted =
        HexFormat.of()
            .formatHex(sha256().digest(Files.readAllBytes(web.resolve("package-lock.json"))));
    if (Files.exists(stamp) && Files.readString(stamp).equals(wanted)) return;
    System.out.println("Fetching what the dashboard is built with (npm ci)...");
    run("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline");
    Files.writeString(stamp, wanted);
  }

  private void requireNode() throws IOException, InterruptedException {
    var version = output("node", "--version");
    var npm = output("npm", "--version");
    if (version.isEmpty() || npm.isEmpty()) {
      fail(
          "The dashboard is built with Node and npm, and %s is not on the PATH."
              .formatted(version.isEmpty() ? "node" : "npm"));
    }
    int major = Integer.parseInt(version.get().replaceFirst("^v", "").split("\\.")[0]);
    if (major < OLDEST_NODE)
      fail(
          "The dashboard is built with Node %d or later; this is %s."
              .formatted(OLDEST_NODE, version.get()));
  }

  private static void fail(String why) {
    System.err.println(why);
    System.err.println(
        "Install Node 22 or later from https://nodejs.org (npm comes with it), by apt-get install"
            + " nodejs npm, or by brew install node.");
    System.exit(1);
  }

  private Optional<String> output(String... command) throws IOException, InterruptedException {
    try {
      var process = new ProcessBuilder(here(command)).redirectErrorStream(true).start();
      var text = new String(process.getInputStream().readAllBytes()).strip();
      return process.waitFor() == 0 ? Optional.of(text) : Optional.empty();
    } catch (IOException notThere) {
      return Optional.empty();
    }
  }

  private void run(String... command) throws IOException, InterruptedException {
    int status =
        new ProcessBuilder(here(command)).directory(web.toFile()).inheritIO().start().waitFor();
    if (status != 0) System.exit(status);
  }

  /** On Windows, npm is a command file, which only its shell finds. */
  private static List<String> here(String... command) {
    var words = new ArrayList<>(List.of(command));
    if (System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("win")
        && words.getFirst().equals("npm")) {
      words.set(0, "npm.cmd");
    }
    return words;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
