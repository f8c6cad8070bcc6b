package dev.pulse.etl.connectors.jira;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Plain text of a document in Atlassian Document Format: the words, one line per block. Marks,
 * colours and pictures are left out.
 *
 * @see <a
 *     href="https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/">ADF</a>
 */
final class AdfText {

  private static final Set<String> BLOCKS =
      Set.of("paragraph", "heading", "codeBlock", "listItem", "tableRow", "rule", "blockquote");

  private AdfText() {}

  /** Text of a document; a plain string is its own text, nothing is null. */
  static @Nullable String of(JsonNode document) {
    if (document.isMissingNode() || document.isNull()) return null;
    if (document.isString()) return document.asString();
    var text = new StringBuilder();
    append(document, text);
    return text.toString().strip();
  }

  private static void append(JsonNode node, StringBuilder text) {
    var type = node.path("type").asString("");
    switch (type) {
      case "text" -> text.append(node.path("text").asString(""));
      case "hardBreak" -> text.append('\n');
      case "mention", "emoji", "date", "status" ->
          text.append(node.path("attrs").path("text").asString(""));
      case "inlineCard", "blockCard" -> text.append(node.path("attrs").path("url").asString(""));
      default -> {}
    }
    for (var child : node.path("content")) append(child, text);
    if (BLOCKS.contains(type)) text.append('\n');
  }
}
