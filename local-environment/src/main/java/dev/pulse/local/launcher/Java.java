package dev.pulse.local.launcher;

import java.nio.file.Path;

/** The JDK that the launcher itself runs on: the script has chosen it. */
final class Java {

  private Java() {}

  static Path executable() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }
}
