package dev.pulse.local.github;

import dev.pulse.local.world.Repository;

/** Addresses as they stand inside of answers. */
final class Urls {
  /** Where people look at things; the simulator serves no pages, so the public name is kept. */
  static final String WEB = "https://github.com";

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

  static String account(String login) {
    return WEB + "/" + login;
  }
}
