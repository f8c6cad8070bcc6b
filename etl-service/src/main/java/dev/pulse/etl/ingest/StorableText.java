package dev.pulse.etl.ingest;

/**
 * Makes text storable: PostgreSQL refuses the character NUL and lone surrogates, so each becomes
 * U+FFFD, the replacement character. Everything else is kept to the letter.
 */
public final class StorableText {

  private static final char REPLACEMENT = '\uFFFD';

  private StorableText() {}

  public static String of(String text) {
    int at = firstUnstorable(text, 0);
    if (at < 0) return text;
    var fixed = new StringBuilder(text);
    while (at >= 0) {
      fixed.setCharAt(at, REPLACEMENT);
      at = firstUnstorable(fixed, at + 1);
    }
    return fixed.toString();
  }

  /** The same for JSON text, where the characters may also stand as escapes. */
  static String ofJson(String json) {
    var text = of(json);
    if (!text.contains("\\u")) return text;
    var fixed = new StringBuilder(text);
    int i = 0;
    while (i + 1 < fixed.length()) {
      boolean escape = fixed.charAt(i) == '\\';
      boolean unicode = escape && fixed.charAt(i + 1) == 'u' && i + 6 <= fixed.length();
      i = unicode ? afterEscape(fixed, i) : i + (escape ? 2 : 1);
    }
    return fixed.toString();
  }

  /** Mends the escape at {@code i} if it must be; returns the index after it. */
  private static int afterEscape(StringBuilder json, int i) {
    char unit = unit(json, i);
    if (Character.isHighSurrogate(unit)
        && i + 12 <= json.length()
        && json.charAt(i + 6) == '\\'
        && json.charAt(i + 7) == 'u'
        && Character.isLowSurrogate(unit(json, i + 6))) {
      return i + 12;
    }
    if (unit == 0 || Character.isSurrogate(unit)) json.replace(i, i + 6, "\\uFFFD");
    return i + 6;
  }

  private static char unit(StringBuilder json, int i) {
    return (char) Integer.parseInt(json, i + 2, i + 6, 16);
  }

  private static int firstUnstorable(CharSequence text, int from) {
    int i = from;
    while (i < text.length()) {
      char unit = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(unit)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (unit == 0 || (Character.isSurrogate(unit) && !pair)) return i;
      i += pair ? 2 : 1;
    }
    return -1;
  }
}
