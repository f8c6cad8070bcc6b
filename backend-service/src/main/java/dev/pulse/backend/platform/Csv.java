package dev.pulse.backend.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows of comma-separated values, for people who open them in a spreadsheet: what would be
 * taken for a formula there gets a ' before it, and so stays a text.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180: CSV</a>
 * @see <a href="https://owasp.org/www-community/attacks/CSV_Injection">OWASP: CSV injection</a>
 */
public final class Csv {

  /** Of the whole. */
  public static final String TYPE = "text/csv;charset=UTF-8;header=present";

  private static final String BEGINS_A_FORMULA = "=+-@\t\r\n";

  private final OutputStream out;

  public Csv(OutputStream out) {
    this.out = out;
  }

  /** Null is an empty cell. */
  public void row(@Nullable String... cells) throws IOException {
    var line = Arrays.stream(cells).map(Csv::cell).collect(Collectors.joining(",", "", "\r\n"));
    out.write(line.getBytes(UTF_8));
  }

  static String cell(@Nullable String text) {
    if (text == null || text.isEmpty()) return "";
    var safe = BEGINS_A_FORMULA.indexOf(text.charAt(0)) < 0 ? text : "'" + text;
    return "\"" + safe.replace("\"", "\"\"") + "\"";
  }
}
