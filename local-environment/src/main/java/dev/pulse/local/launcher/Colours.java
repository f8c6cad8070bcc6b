package dev.pulse.local.launcher;

import java.io.Console;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether the colours of a log are shown: to people, and not in a file or another program. */
enum Colours {
  SHOWN,
  TAKEN_OUT;

  private static final Pattern COLOUR = Pattern.compile("\\x1b\\[[0-9;]*m");

  /** On a terminal, unless NO_COLOR says otherwise. */
  static Colours shownOn(@Nullable Console console) {
    boolean wanted = System.getenv("NO_COLOR") == null;
    return wanted && console != null && console.isTerminal() ? SHOWN : TAKEN_OUT;
  }

  String of(String text) {
    return this == SHOWN ? text : COLOUR.matcher(text).replaceAll("");
  }
}
