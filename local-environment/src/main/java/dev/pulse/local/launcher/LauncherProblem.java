package dev.pulse.local.launcher;

/** What keeps the launcher from going on, and what the person at the keyboard can do about it. */
public final class LauncherProblem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String remedy;

  public LauncherProblem(String problem, String remedy) {
    super(problem);
    this.remedy = remedy;
  }

  public LauncherProblem(String problem, String remedy, Throwable cause) {
    super(problem, cause);
    this.remedy = remedy;
  }

  /** One sentence: what to do now. */
  public String remedy() {
    return remedy;
  }
}
