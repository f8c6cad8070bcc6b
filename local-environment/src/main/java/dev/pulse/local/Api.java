package dev.pulse.local;

/** One simulated source. */
public interface Api {

  /** First part of its paths, and its name in faults and figures, such as {@code jira}. */
  String name();

  /** Name of what a request asks for, such as {@code search/jql}. */
  String operation(Exchange exchange);

  Exchange.Answer answer(Exchange exchange, String operation);

  /** Status of a missing right, where 403 means a limit. */
  int FORBIDDEN = 403_000;

  /** How this vendor says that a token is wrong, a limit is reached, and so on. */
  Exchange.Answer refusal(Exchange exchange, int status);
}
