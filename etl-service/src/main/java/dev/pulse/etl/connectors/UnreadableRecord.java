package dev.pulse.etl.connectors;

/** One record that is not what the source documents; the records around it are read. */
public final class UnreadableRecord extends RuntimeException {

  /**
   * Says why, in words that hold none of the contents.
   *
   * @param reason what was expected and what was found, without the record's contents
   */
  public UnreadableRecord(String reason) {
    super(reason);
  }
}
