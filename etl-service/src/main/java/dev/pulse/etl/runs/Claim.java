package dev.pulse.etl.runs;

import dev.pulse.etl.ingest.Fence;

/**
 * A run that this node may work on, as long as it holds the fence.
 *
 * @param how what to tell the operator: begun, resumed, or taken over from a lost node
 * @param losses nodes lost in a row with it that had stored nothing of it
 */
record Claim(long jobId, Fence fence, String how, int losses) {

  long runId() {
    return fence.runId();
  }
}
