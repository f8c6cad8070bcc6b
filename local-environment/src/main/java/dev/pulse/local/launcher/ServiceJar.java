package dev.pulse.local.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The executable jar of a service, unpacked: from a folder it starts in less time. */
final class ServiceJar {

  private final Checkout checkout;
  private final String service;

  ServiceJar(Checkout checkout, String service) {
    this.checkout = checkout;
    this.service = service;
  }

  /** The jar as the build made it. */
  Path built() {
    return checkout.jar(service);
  }

  /** The jar to run, unpacked again if the build has made a new one. */
  Path unpacked() {
    var built = built();
    var folder = checkout.run().resolve("apps").resolve(service);
    var unpacked = folder.resolve(built.getFileName());
    if (isNewer(unpacked, built)) return unpacked;
    var log = checkout.log("unpack-" + service);
    try {
      var command =
          new ArrayList<>(List.of(Java.executable().toString(), "-XX:TieredStopAtLevel=1"));
      command.addAll(List.of("-Djarmode=tools", "-jar", built.toString(), "extract", "--force"));
      command.addAll(List.of("--destination", folder.toString()));
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      if (process.waitFor() != 0) {
        throw new LauncherProblem(
            "%s cannot be unpacked:%n%s".formatted(built, LogFile.end(log, 10)),
            "Build it again: ./mvnw -Dfast -DskipTests package");
      }
      unpacked.toFile().setLastModified(System.currentTimeMillis());
      return unpacked;
    } catch (IOException e) {
      throw Checkout.notWritable(folder, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LauncherProblem("Interrupted.", "Run it again.", e);
    }
  }

  private static boolean isNewer(Path unpacked, Path built) {
    try {
      return Files.exists(unpacked)
          && Files.getLastModifiedTime(unpacked).compareTo(Files.getLastModifiedTime(built)) >= 0;
    } catch (IOException e) {
      return false;
    }
  }
}
