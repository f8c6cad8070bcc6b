package dev.pulse.etl.connectors.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.platform.json.SourceJson;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AdfTextTest {

  @Test
  void a_document_becomes_its_words_a_line_per_block() {
    assertThat(
            text(
                """
                {"type":"doc","version":1,"content":[
                  {"type":"heading","content":[{"type":"text","text":"Title"}]},
                  {"type":"paragraph","content":[
                    {"type":"text","text":"Ask ","marks":[{"type":"strong"}]},
                    {"type":"mention","attrs":{"id":"5b","text":"@Mia"}},
                    {"type":"hardBreak"},
                    {"type":"emoji","attrs":{"shortName":":grin:"}},
                    {"type":"text","text":" by "},
                    {"type":"date","attrs":{"timestamp":"1582152559000"}}]},
                  {"type":"bulletList","content":[
                    {"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"one"}]}]}]},
                  {"type":"taskList","content":[
                    {"type":"taskItem","content":[{"type":"text","text":"first"}]},
                    {"type":"taskItem","content":[{"type":"text","text":"second"}]}]},
                  {"type":"expand","attrs":{"title":"More"},"content":[]},
                  {"type":"mediaSingle","content":[{"type":"media","attrs":{"id":"x"}}]},
                  {"type":"blockCard","attrs":{"url":"https://acme.example/1"}}]}
                """))
        .isEqualTo(
            """
            Title
            Ask @Mia
            :grin: by 2020-02-19
            one

            first
            second
            More
            https://acme.example/1\
            """);
  }

  @Test
  void nothing_is_nothing_and_an_old_text_is_itself() {
    assertThat(text("null")).isNull();
    assertThat(text("\"plain\"")).isEqualTo("plain");
    assertThat(text("{}")).isEmpty();
  }

  @Test
  void what_is_unknown_or_of_another_type_is_passed_over() {
    assertThat(
            text(
                """
                {"type":7,"content":[{"type":"novelty","content":[{"type":"text","text":"kept"}]},
                  {"type":"text","text":{"no":"text"}},{"type":"date","attrs":{"timestamp":"soon"}},
                  null,[1],{"type":"mention","attrs":null}]}
                """))
        .isEqualTo("kept");
  }

  private static @Nullable String text(String json) {
    return AdfText.of(SourceJson.MAPPER.readTree(json));
  }
}
