package dev.pulse.local.github;

import dev.pulse.local.world.Repository;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Addresses as they stand inside of answers. */
final class Urls {
  /** Where people look at things; the simulator serves no pages, so the public name is kept. */
  static final String WEB = "https://github.com";

  private static final String BOT = "[bot]";

  private Urls() {}

  static String repository(Repository repository) {
    return WEB + "/" + repository.fullName();
  }

  static String pull(Repository repository, int number) {
    return repository(repository) + "/pull/" + number;
  }

  static String issue(Repository repository, int number) {
    return repository(repository) + "/issues/" + number;
  }

  /** The page of a person, or that of the app behind a bot. */
  static String account(String login) {
    return login.endsWith(BOT)
        ? WEB + "/apps/" + login.substring(0, login.length() - BOT.length())
        : WEB + "/" + login;
  }

  /** A login as it stands in a path. */
  static String encoded(String login) {
    return URLEncoder.encode(login, StandardCharsets.UTF_8);
  }
}
