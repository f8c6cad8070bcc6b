package dev.pulse.model.signing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.SequencedMap;
import java.util.regex.Pattern;

/** The bytes that are signed (RFC 9421, 2.5). */
final class SignatureBase {

  /** Visible ASCII, with blanks only inside: nothing else can stand on a line of its own. */
  private static final Pattern LINE = Pattern.compile("[!-~]([ -~]*[!-~])?");

  private SignatureBase() {}

  /**
   * Lays out the components and then the parameters.
   *
   * @param components what is covered, by name, in order
   * @param parameters the inner list of Signature-Input, as it stands there
   * @throws IllegalArgumentException if a value could be read as more than one line
   */
  static byte[] of(SequencedMap<String, String> components, String parameters) {
    var text = new StringBuilder();
    components.forEach((name, value) -> text.append(line(name, value)).append('\n'));
    return text.append(line("@signature-params", parameters)).toString().getBytes(US_ASCII);
  }

  private static String line(String name, String value) {
    if (!LINE.matcher(value).matches()) {
      throw new IllegalArgumentException(name + " is not one line of visible characters");
    }
    return "\"%s\": %s".formatted(name, value);
  }
}
