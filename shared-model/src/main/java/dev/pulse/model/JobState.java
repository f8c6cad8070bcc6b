package dev.pulse.model;

import java.util.EnumSet;
import java.util.Set;

/** Where the job of a connection stands. Only these transitions are legal. */
public enum JobState {
  /** Never run, and not due. */
  NOT_STARTED,
  /** Due or waiting, and claimed by nobody. */
  PENDING,
  /** A run of it is going on. */
  RUNNING,
  /** Held back by a person until resumed. */
  PAUSED,
  /** The last run ended well. */
  FINISHED,
  /** The last run failed; it is tried again by itself when that can help. */
  FAILED;

  /** The states that may follow this one. */
  public Set<JobState> followers() {
    return switch (this) {
      case NOT_STARTED, FINISHED, FAILED -> EnumSet.of(PENDING, PAUSED);
      case PENDING -> EnumSet.of(RUNNING, PAUSED, FINISHED, FAILED, NOT_STARTED);
      case RUNNING -> EnumSet.of(PENDING, PAUSED, FINISHED, FAILED, NOT_STARTED);
      case PAUSED -> EnumSet.of(PENDING, FINISHED, NOT_STARTED);
    };
  }

  public boolean canBecome(JobState next) {
    return followers().contains(next);
  }

  /** The states that may come before this one. */
  public Set<JobState> predecessors() {
    var before = EnumSet.allOf(JobState.class);
    before.removeIf(state -> !state.canBecome(this));
    return before;
  }
}
