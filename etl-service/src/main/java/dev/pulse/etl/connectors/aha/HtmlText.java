package dev.pulse.etl.connectors.aha;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plain text of a note in HTML: the words, one line per block. Tags, styles and comments are left
 * out. What is not well-formed is kept as the text it is.
 */
final class HtmlText {

  private static final Set<String> BLOCKS =
      Set.of(
          "p",
          "div",
          "br",
          "li",
          "ul",
          "ol",
          "tr",
          "table",
          "pre",
          "blockquote",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "hr");
  private static final Map<String, String> ENTITIES =
      Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ");
  private static final int LONGEST_ENTITY = 10;

  private final String html;
  private final int lastEnd;
  private final StringBuilder text;
  private int at;

  private HtmlText(String html) {
    this.html = html;
    this.lastEnd = html.lastIndexOf('>');
    this.text = new StringBuilder(html.length());
  }

  static String of(String html) {
    return new HtmlText(html).text();
  }

  private String text() {
    while (at < html.length()) {
      char next = html.charAt(at);
      boolean read = next == '<' ? tag() : next == '&' && entity();
      if (!read) {
        text.append(next);
        at++;
      }
    }
    return text.toString().strip();
  }

  /** A tag begins with a letter, a slash or an exclamation mark; anything else is text. */
  private boolean tag() {
    if (html.startsWith("<!--", at)) {
      int end = html.indexOf("-->", at);
      at = end < 0 ? html.length() : end + 3;
      return true;
    }
    int name = at + 1 < html.length() && html.charAt(at + 1) == '/' ? at + 2 : at + 1;
    int nameEnd = name;
    while (nameEnd < html.length() && Character.isLetterOrDigit(html.charAt(nameEnd))) nameEnd++;
    int end = nameEnd == name || nameEnd > lastEnd ? -1 : html.indexOf('>', nameEnd);
    if (end < 0) return false;
    if (BLOCKS.contains(html.substring(name, nameEnd).toLowerCase(Locale.ROOT))) line();
    at = end + 1;
    return true;
  }

  private void line() {
    if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') text.append('\n');
  }

  private boolean entity() {
    int end = at + 1;
    int last = Math.min(html.length(), at + LONGEST_ENTITY);
    while (end < last && html.charAt(end) != ';') end++;
    if (end == last) return false;
    var name = html.substring(at + 1, end);
    var meant = name.startsWith("#") ? character(name.substring(1)) : ENTITIES.get(name);
    if (meant == null) return false;
    text.append(meant);
    at = end + 1;
    return true;
  }

  private static @Nullable String character(String number) {
    boolean hex = number.startsWith("x") || number.startsWith("X");
    var digits = hex ? number.substring(1) : number;
    if (!digits.matches(hex ? "[0-9a-fA-F]{1,6}" : "\\d{1,7}")) return null;
    int code = Integer.parseInt(digits, hex ? 16 : 10);
    return Character.isValidCodePoint(code) ? Character.toString(code) : null;
  }
}
