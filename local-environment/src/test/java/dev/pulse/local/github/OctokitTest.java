package dev.pulse.local.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pulse.local.Simulator;
import dev.pulse.local.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * GitHub's own clients, Octokit, read the simulated GitHub. Needs Node 20 or newer and npm on the
 * PATH; without them the test says that it is skipped.
 */
class OctokitTest {

  private static final Path FOLDER = Path.of("src/test/octokit");
  private static final List<String> FILES =
      List.of("package.json", "package-lock.json", ".npmrc", "contract.mjs");
  private static final Pattern VERSION = Pattern.compile("v(\\d+)\\..*");
  private static final int OLDEST_NODE = 20;

  @TempDir private Path work;

  @Test
  void the_official_clients_read_every_route_and_query_without_an_error() throws Exception {
    assumeTrue(
        nodeVersion() >= OLDEST_NODE,
        "skipped: Octokit needs Node %d or newer and npm on the PATH".formatted(OLDEST_NODE));
    for (var file : FILES) Files.copy(FOLDER.resolve(file), work.resolve(file));
    var installed = run(5, Map.of(), "npm", "ci", "--ignore-scripts");
    assertThat(installed.status).as(installed.output).isZero();

    Done contract;
    try (var simulator = Simulator.start(new World(7, 600, Clock.systemUTC()), 0)) {
      simulator.world().hosting().rename(0, "renamed");
      var told = Map.of("PULSE_SIMULATOR", told(simulator));
      contract = run(5, told, "node", "contract.mjs");
    }

    assertThat(contract.status).as(contract.output).isZero();
    assertThat(contract.output.lines().filter(line -> line.startsWith("proved: "))).hasSize(9);
  }

  private static String told(Simulator simulator) {
    var world = simulator.world();
    var hub = new Hub(world);
    var repository = world.repository(0);
    var history = world.histories().of(repository);
    var app = simulator.source(GitHubAppApi.class);
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("token", Simulator.TOKEN);
    told.put("github", simulator.url("github").toString());
    told.put("app", simulator.url("github-app").toString());
    told.put("enterprise", simulator.url("github-enterprise") + "/api/v3");
    told.put("appId", Installation.APP_ID);
    told.put("privateKeys", List.of(app.privateKey(), app.privateKeyInPkcs8()));
    told.put("owner", world.organization());
    told.put("repository", repository.name());
    told.put("formerName", new World(7, 600, Clock.systemUTC()).repository(0).name());
    told.put("repositories", world.repositories().size());
    told.put("members", hub.members().size());
    told.put("login", hub.viewer().login());
    told.put("pulls", world.byUpdate().pulls(repository).size());
    told.put("releases", world.releases().of(repository).size());
    told.put("head", history.getFirst().sha());
    told.put("base", history.get(Math.min(5, history.size() - 1)).sha());
    return GitHubSite.JSON.writeValueAsString(told);
  }

  private record Done(int status, String output) {}

  private int nodeVersion() throws InterruptedException {
    try {
      var version = VERSION.matcher(run(1, Map.of(), "node", "--version").output.strip());
      boolean npm = run(1, Map.of(), "npm", "--version").status == 0;
      return version.matches() && npm ? Integer.parseInt(version.group(1)) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  private Done run(int minutes, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    var log = Files.createTempFile(work, "log", ".txt");
    var builder = new ProcessBuilder(command).directory(work.toFile()).redirectErrorStream(true);
    builder.redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    var process = builder.start();
    if (!process.waitFor(minutes, TimeUnit.MINUTES)) {
      process.destroyForcibly().waitFor();
      return new Done(
          -1, "took longer than %d minutes: %s".formatted(minutes, Files.readString(log)));
    }
    return new Done(process.exitValue(), Files.readString(log));
  }
}
