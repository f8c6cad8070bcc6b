package dev.pulse.local.world;

/**
 * Somebody, or some bot, with an account on every system.
 *
 * @param index place in the world
 * @param accountId Jira's id
 * @param login on GitHub
 * @param databaseId on GitHub
 * @param gone has deleted the account on GitHub
 */
public record Person(
    int index,
    String name,
    String email,
    String accountId,
    String login,
    long databaseId,
    boolean bot,
    boolean gone) {

  Person called(String other) {
    return new Person(index, other, email, accountId, login, databaseId, bot, gone);
  }
}
