package dev.pulse.etl.connectors;

/** A setting of a connection that cannot work. */
public final class InvalidSetting extends RuntimeException {

  private final String field;
  private final String problem;
  private final String remedy;

  /**
   * Names the field, what is wrong with it, and what to do.
   *
   * @param field path in the connection, such as {@code settings.baseUrl}
   * @param problem completes "{field} …"
   * @param remedy what the person should do, one sentence
   */
  public InvalidSetting(String field, String problem, String remedy) {
    super(field + " " + problem);
    this.field = field;
    this.problem = problem;
    this.remedy = remedy;
  }

  public String field() {
    return field;
  }

  public String problem() {
    return problem;
  }

  public String remedy() {
    return remedy;
  }
}
