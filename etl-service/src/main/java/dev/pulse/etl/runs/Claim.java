package dev.pulse.etl.runs;

import dev.pulse.etl.ingest.Fence;

/**
 * A run that this node may work on, as long as it holds the fence.
 *
 * @param losses how often in a row its node was lost before anything of it was stored
 */
record Claim(long jobId, Fence fence, int losses) {

  long runId() {
    return fence.runId();
  }
}
