package dev.pulse.model;

/** What a {@link RunState#WAITING} run waits for. */
public enum WaitReason {
  /** The source asked to wait, or cannot be used: goes on by itself at a known time. */
  SOURCE,
  /** An operator: goes on when the job is resumed. */
  PAUSED,
  /** The maintenance of everything: goes on by itself when that has ended. */
  MAINTENANCE,
  /** Another job that was activated: goes on by itself when that one has ended. */
  ACTIVATION
}
