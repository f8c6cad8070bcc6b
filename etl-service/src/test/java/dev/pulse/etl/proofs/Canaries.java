package dev.pulse.etl.proofs;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Words that are nowhere else in the world, planted where secrets are, and looked for after. */
final class Canaries {

  /** How each of them begins, so that all are found at once. */
  private static final String MARK = "kanari";

  private static final List<String> FORMS = forms();

  /** How often the same is told of one place. */
  private static final int MOST = 20;

  private final SecureRandom random = new SecureRandom();
  private final Map<String, String> planted = new ConcurrentHashMap<>();
  private final Map<String, String> others = new ConcurrentHashMap<>();
  private final List<String> found = new ArrayList<>();

  /** A new one; letters and figures alone, so that no format writes it in another way. */
  String plant(String as) {
    var bytes = new byte[12];
    random.nextBytes(bytes);
    var word = MARK + HexFormat.of().formatHex(bytes);
    planted.put(word, as);
    return word;
  }

  /** A secret that came about by itself. */
  void add(String as, String secret) {
    if (!secret.contains(MARK)) others.put(secret, as);
  }

  /** A text of several lines, each of which is a secret. */
  void addLines(String as, String text) {
    text.lines().filter(line -> line.matches("[A-Za-z0-9+/=]{40,}")).forEach(line -> add(as, line));
  }

  /** Looks for them in a text; what is found is told by {@link #found()}. */
  void lookInto(String place, String text) {
    for (var form : FORMS) find(place, text, form, "a canary in disguise");
    others.forEach((secret, as) -> find(place, text, secret, as));
  }

  /** Where which of them was found, and what stands before it. */
  List<String> found() {
    return List.copyOf(found);
  }

  private void find(String place, String text, String form, String otherwise) {
    int at = text.indexOf(form);
    for (int times = 0; at >= 0 && times < MOST; times++) {
      var before = text.substring(Math.max(0, at - 300), at);
      found.add("%s in %s: %s".formatted(what(text, at, otherwise), place, before));
      at = text.indexOf(form, at + form.length());
    }
  }

  /** As it is, in hexadecimal figures, and in base 64 wherever it begins there. */
  private static List<String> forms() {
    var forms = new ArrayList<String>();
    forms.add(MARK);
    forms.add(HexFormat.of().formatHex(MARK.getBytes(US_ASCII)));
    for (int before = 0; before < 3; before++) {
      var text = "\0".repeat(before) + MARK;
      var encoded = Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(US_ASCII));
      forms.add(encoded.substring((before * 8 + 5) / 6, text.length() * 8 / 6));
    }
    return List.copyOf(forms);
  }

  private String what(String text, int at, String otherwise) {
    return planted.entrySet().stream()
        .filter(each -> text.startsWith(each.getKey(), at))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(otherwise);
  }
}
