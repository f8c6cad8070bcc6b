import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Pause, Play } from "lucide-react";
import { useState } from "react";
import { orchestratorQuery, steerOrchestrator } from "@/api/operations";
import { useMissing } from "@/lib/me";
import { Button } from "./button";
import { Confirm } from "./confirm";
import { Note } from "./status";
import { Since } from "./time";
import { tell } from "./toast";

type Act = "start" | "pause" | "resume";

const acts = {
  start: {
    title: "Start all jobs that are at rest?",
    consequence: "Each of them is due now, and goes on in its normal order. Paused jobs stay paused.",
    action: "Start all",
  },
  pause: {
    title: "Pause all jobs?",
    consequence:
      "Nothing new is begun. Runs that are going on hold after their page with all that they have stored, and go on by themselves, as the same runs, when the pause ends.",
    action: "Pause all",
  },
  resume: {
    title: "End the pause of all jobs?",
    consequence: "Runs that were held go on by themselves, and jobs that are due begin in their order.",
    action: "Go on",
  },
} as const;

/** Starts, holds and resumes everything at once. */
export function AllJobs() {
  const client = useQueryClient();
  const orchestrator = useQuery(orchestratorQuery).data;
  const mayNot = useMissing("jobs:control");
  const [asked, setAsked] = useState<Act | null>(null);
  const paused = orchestrator?.state === "PAUSED";

  async function act(kind: Act, reason: string | undefined) {
    const now = await steerOrchestrator(kind, reason ? { reason } : {});
    client.setQueryData(orchestratorQuery.queryKey, now);
    void client.invalidateQueries({ queryKey: ["jobs"] });
    tell({ start: "All jobs at rest are due", pause: "All jobs hold", resume: "The jobs go on" }[kind]);
  }

  return (
    <>
      <Button icon={<Play size={14} />} why={mayNot ?? (paused ? "All jobs are paused: end the pause first." : null)} onClick={() => setAsked("start")}>
        Start all
      </Button>
      {paused ? (
        <Button look="primary" icon={<Play size={14} />} why={mayNot} onClick={() => setAsked("resume")}>
          End the pause
        </Button>
      ) : (
        <Button icon={<Pause size={14} />} why={mayNot ?? (orchestrator ? null : "How it stands is being asked.")} onClick={() => setAsked("pause")}>
          Pause all
        </Button>
      )}
      {asked && (
        <Confirm {...acts[asked]} reason="optional" onConfirm={(reason) => act(asked, reason)} onClose={() => setAsked(null)} />
      )}
    </>
  );
}

/** Says at the top of a page that nothing is claimed, since when and why. */
export function PauseNote() {
  const orchestrator = useQuery(orchestratorQuery).data;
  if (orchestrator?.state !== "PAUSED") return null;
  return (
    <div className="mb-4">
      <Note tone="warn">
        All jobs are paused <Since at={orchestrator.since} />
        {orchestrator.reason && <>: {orchestrator.reason}</>}. Nothing is begun until the pause is ended.
      </Note>
    </div>
  );
}
