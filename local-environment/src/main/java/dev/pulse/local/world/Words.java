package dev.pulse.local.world;

import java.util.List;

/** What people of the simulated organisation write. */
final class Words {

  static final List<String> FIRST =
      List.of(
          "Ada",
          "Grace",
          "Linus",
          "Barbara",
          "Edsger",
          "Margaret",
          "Donald",
          "Radia",
          "Ken",
          "Frances",
          "Dennis",
          "Hedy",
          "Alan",
          "Jean",
          "Niklaus",
          "Katherine",
          "Tony",
          "Shafi",
          "Leslie",
          "Sophie");
  static final List<String> LAST =
      List.of(
          "Okafor",
          "Nguyen",
          "Silva",
          "Müller",
          "Haddad",
          "Kowalski",
          "Tanaka",
          "Rossi",
          "Larsen",
          "Mbeki",
          "Dupont",
          "Ivanova",
          "Garcia",
          "Singh",
          "O'Brien",
          "Çelik",
          "Novák",
          "Cohen",
          "Park",
          "Jensen");
  static final List<String> AREAS =
      List.of(
          "Payments",
          "Search",
          "Accounts",
          "Billing",
          "Mobile",
          "Reports",
          "Platform",
          "Ledger",
          "Checkout",
          "Inventory",
          "Messaging",
          "Identity",
          "Catalogue",
          "Shipping",
          "Insights",
          "Gateway");
  private static final List<String> VERBS =
      List.of(
          "Fix",
          "Add",
          "Remove",
          "Speed up",
          "Document",
          "Rework",
          "Test",
          "Retry",
          "Cache",
          "Validate");
  private static final List<String> THINGS =
      List.of(
          "login redirect",
          "export of invoices",
          "rounding of totals",
          "search ranking",
          "webhook delivery",
          "session timeout",
          "currency conversion",
          "empty state",
          "audit trail",
          "time zone handling",
          "pagination",
          "dark theme",
          "bulk import",
          "rate limiting",
          "address form",
          "e-mail templates");
  private static final List<String> ENDINGS =
      List.of(
          "",
          " on slow networks",
          " for large accounts",
          " after an upgrade",
          " — follow-up",
          " \uD83D\uDE80");

  private Words() {}

  static String title(Dice dice) {
    return dice.of(VERBS) + " " + dice.of(THINGS) + dice.of(ENDINGS);
  }

  static String text(Dice dice) {
    var text = new StringBuilder();
    for (int i = dice.below(4); i >= 0; i--) {
      text.append(dice.of(VERBS))
          .append(" the ")
          .append(dice.of(THINGS))
          .append(dice.of(ENDINGS))
          .append(". ");
    }
    if (dice.below(400) == 0) text.append("A stray character \u0000 here.");
    return text.toString().strip();
  }
}
