package dev.pulse.etl.connectors.jira;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
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
      Set.of(
          "paragraph",
          "heading",
          "codeBlock",
          "listItem",
          "tableRow",
          "rule",
          "blockquote",
          "taskItem",
          "decisionItem",
          "blockCard",
          "embedCard");

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
    var attributes = node.path("attrs");
    switch (type) {
      case "text" -> text.append(node.path("text").asString(""));
      case "hardBreak" -> text.append('\n');
      case "mention", "status" -> text.append(attributes.path("text").asString(""));
      case "emoji" ->
          text.append(attributes.path("text").asString(attributes.path("shortName").asString("")));
      case "date" -> text.append(day(attributes.path("timestamp").asString("")));
      case "inlineCard", "blockCard", "embedCard" ->
          text.append(attributes.path("url").asString(""));
      case "expand", "nestedExpand" ->
          text.append(attributes.path("title").asString("")).append('\n');
      default -> {}
    }
    for (var child : node.path("content")) append(child, text);
    if (BLOCKS.contains(type)) text.append('\n');
  }

  private static String day(String milliseconds) {
    if (!milliseconds.matches("\\d{1,14}")) return "";
    var instant = Instant.ofEpochMilli(Long.parseLong(milliseconds));
    return LocalDate.ofInstant(instant, ZoneOffset.UTC).toString();
  }
}
