package dev.pulse.model;

import java.util.EnumSet;
import java.util.Set;

/** Where one run of a job stands. Only these transitions are legal. */
public enum RunState {
  RUNNING,
  /** Its slot is free; it goes on by itself when what it waits for has come. */
  WAITING,
  FINISHED,
  FAILED,
  /** Ended by a person; its checkpoints are kept. */
  STOPPED;

  /** The states that may follow this one. */
  public Set<RunState> followers() {
    return switch (this) {
      case RUNNING -> EnumSet.of(WAITING, FINISHED, FAILED, STOPPED);
      case WAITING -> EnumSet.of(RUNNING, STOPPED);
      case FINISHED, FAILED, STOPPED -> EnumSet.noneOf(RunState.class);
    };
  }

  public boolean canBecome(RunState next) {
    return followers().contains(next);
  }

  /** The states that may come before this one. */
  public Set<RunState> predecessors() {
    var before = EnumSet.allOf(RunState.class);
    before.removeIf(state -> !state.canBecome(this));
    return before;
  }
}
