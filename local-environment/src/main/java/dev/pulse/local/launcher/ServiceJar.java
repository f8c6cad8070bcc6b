package dev.pulse.local.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The executable jar of a service, unpacked: from a folder it starts in less time.
 *
 * @param built the jar as the build made it
 * @param unpackedInto belongs to this jar alone
 */
record ServiceJar(Path built, Path unpackedInto) {

  static ServiceJar of(Checkout checkout, String service) {
    return new ServiceJar(checkout.jar(service), checkout.run().resolve("apps").resolve(service));
  }

  /**
   * Tells one build of a jar from another. By the content: builds are reproducible, so all their
   * files carry the same time.
   */
  static String version(Path jar) {
    try (var channel = FileChannel.open(jar)) {
      var checksum = new CRC32C();
      checksum.update(channel.map(MapMode.READ_ONLY, 0, channel.size()));
      return "%d-%08x".formatted(channel.size(), checksum.getValue());
    } catch (IOException e) {
      throw new LauncherProblem(
          "%s cannot be read: %s".formatted(jar, e.getMessage()), "Run: scripts/pulse up", e);
    }
  }

  /** The jar to run, unpacked again if the build has made another one. */
  Path unpacked(Path log) {
    var jar = unpackedInto.resolve(built.getFileName());
    var marker = unpackedInto.resolve("version");
    var version = version(built);
    try {
      if (Files.exists(marker) && Files.readString(marker).equals(version)) return jar;
      Checkout.delete(unpackedInto);
      unpack(log);
      Files.writeString(marker, version);
      return jar;
    } catch (IOException e) {
      throw Checkout.notWritable(unpackedInto, e);
    }
  }

  private void unpack(Path log) throws IOException {
    var command = new ArrayList<>(List.of(Java.executable().toString(), "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-Djarmode=tools", "-jar", built.toString(), "extract"));
    command.addAll(List.of("--destination", unpackedInto.toString()));
    var process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      if (process.waitFor() == 0) return;
      throw new LauncherProblem(
          "%s cannot be unpacked:%n%s".formatted(built, LogFile.end(log, 10)),
          "Build it again: ./mvnw -Dfast -DskipTests package");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LauncherProblem("Interrupted.", "Run it again.", e);
    }
  }
}
