package dev.pulse.etl;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The vendors' official specifications and recorded answers, in the folder that the environment
 * variable PULSE_CONTRACTS names. They are not part of the project: without them the test says
 * 'skipped'.
 */
public final class Contracts {

  private Contracts() {}

  public static Path require(String file) {
    var folder = System.getenv("PULSE_CONTRACTS");
    if (folder == null || folder.isBlank()) {
      abort("skipped: PULSE_CONTRACTS names no folder with the vendors' contracts");
    }
    return Path.of(String.valueOf(folder), file);
  }

  public static String text(String file) {
    try {
      return Files.readString(require(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static JsonNode json(String file) {
    return JsonMapper.shared().readTree(text(file));
  }
}
