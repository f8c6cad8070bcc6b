package dev.pulse.local.github;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Cuts REST lists into pages and points to the others in the Link header. */
final class Pages {
  private Pages() {}

  /**
   * The page asked for; links lead to the canonical path, which has ids where a name may change.
   */
  static <T> Answer cut(Ask ask, String base, String canonical, List<T> all, Function<T, ?> body) {
    int size = ask.perPage();
    int last = Math.max(1, (all.size() + size - 1) / size);
    int page = ask.page();
    int from = (int) Math.min(all.size(), (page - 1L) * size);
    int to = Math.min(all.size(), from + size);
    Answer answer = Answer.ok(all.subList(from, to).stream().map(body).toList());
    List<String> links = new ArrayList<>();
    String address = base + "/" + canonical;
    if (page > 1) {
      links.add(link(ask, address, page - 1, "prev"));
    }
    if (page < last) {
      links.add(link(ask, address, page + 1, "next"));
      links.add(link(ask, address, last, "last"));
    }
    if (page > 1) {
      links.add(link(ask, address, 1, "first"));
    }
    return links.isEmpty() ? answer : answer.with("Link", String.join(", ", links));
  }

  private static String link(Ask ask, String address, int page, String relation) {
    Map<String, String> parameters = new LinkedHashMap<>(ask.parameters());
    parameters.put("page", String.valueOf(page));
    String query =
        parameters.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return "<%s?%s>; rel=\"%s\"".formatted(address, query, relation);
  }
}
