package dev.pulse.local.launcher;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What figures were measured on. */
final class Machine {

  private static final Pattern MODEL = Pattern.compile("model name\\s*: (.+)");
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  private Machine() {}

  /** The date, and what figures depend on; what the system does not tell is left out. */
  static ObjectNode describe() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    var told = JsonMapper.shared().createObjectNode();
    told.put("date", LocalDate.now(ZoneOffset.UTC).toString());
    told.put("processors", system.getAvailableProcessors());
    found(MODEL, Path.of("/proc/cpuinfo")).ifPresent(model -> told.put("processor", model));
    if (system instanceof com.sun.management.OperatingSystemMXBean known) {
      told.put("memory_mb", known.getTotalMemorySize() / 1_024 / 1_024);
    }
    told.put("system", system.getName() + " " + system.getVersion() + " " + system.getArch());
    told.put("java", Runtime.version().toString());
    double load = system.getSystemLoadAverage();
    if (load >= 0) told.put("load_before", Math.round(load * 100) / 100.0);
    return told;
  }

  /** The most memory that a process ever had, in MB; -1 where the system does not tell. */
  static long peakRss(long pid) {
    return found(PEAK, Path.of("/proc/%d/status".formatted(pid)))
        .map(kilobytes -> Long.parseLong(kilobytes) / 1_024)
        .orElse(-1L);
  }

  private static Optional<String> found(Pattern pattern, Path file) {
    try {
      if (!Files.exists(file)) return Optional.empty();
      var matcher = pattern.matcher(Files.readString(file));
      return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
