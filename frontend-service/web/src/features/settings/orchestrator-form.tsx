import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { orchestratorQuery, saveSettings } from "@/api/operations";
import { asProblem, type Problem } from "@/api/problem";
import type { Settings } from "@/api/types";
import { Button } from "@/components/button";
import { TextField } from "@/components/field";
import { Loaded, Panel } from "@/components/panel";
import { ProblemNote } from "@/components/problem-note";
import { tell } from "@/components/toast";
import { useMissing } from "@/lib/me";

/** What holds for all jobs, each with what it leads to. */
export function OrchestratorSettings() {
  const orchestrator = useQuery(orchestratorQuery);
  return (
    <Panel title="What holds for all jobs">
      <Loaded query={orchestrator}>{({ settings }) => <Form key={settings.version} settings={settings} />}</Loaded>
    </Panel>
  );
}

function Form({ settings }: { settings: Settings }) {
  const client = useQueryClient();
  const mayNot = useMissing("settings:write");
  const [minutes, setMinutes] = useState(String(settings.intervalSeconds / 60));
  const [maxActive, setMaxActive] = useState(String(settings.maxActive));
  const [retries, setRetries] = useState(String(settings.retries));
  const [retryMinutes, setRetryMinutes] = useState(String(settings.retryAfterSeconds / 60));
  const [keep, setKeep] = useState(String(settings.keepRunsDays));
  const [problem, setProblem] = useState<Problem | null>(null);

  async function save() {
    setProblem(null);
    try {
      await saveSettings({
        intervalSeconds: Math.round(Number(minutes) * 60),
        maxActive: Number(maxActive),
        retries: Number(retries),
        retryAfterSeconds: Math.round(Number(retryMinutes) * 60),
        keepRunsDays: Number(keep),
        version: settings.version,
      });
      await client.invalidateQueries({ queryKey: orchestratorQuery.queryKey });
      tell("Saved", "It holds from the next decision on; runs that are going on are not touched.");
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
  }

  const number = { type: "number", required: true } as const;
  return (
    <form
      className="flex max-w-2xl flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!mayNot) void save();
      }}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField {...number} label="How often (minutes)" help="For jobs without a schedule of their own. Data are as old as this, at most." min={1} max={1440} value={minutes} error={problem?.fields["intervalSeconds"]} onChange={setMinutes} />
        <TextField {...number} label="At a time" help="How many runs go on in the whole cluster; 1 reads one source after the other." min={1} value={maxActive} error={problem?.fields["maxActive"]} onChange={setMaxActive} />
        <TextField {...number} label="Quick retries" help="After a failure, before the normal interval holds again." min={0} value={retries} error={problem?.fields["retries"]} onChange={setRetries} />
        <TextField {...number} label="Retry after (minutes)" help="How long a failed job rests." min={1} value={retryMinutes} error={problem?.fields["retryAfterSeconds"]} onChange={setRetryMinutes} />
        <TextField {...number} label="Keep runs (days)" help="Older runs, their events and log lines are deleted." min={1} value={keep} error={problem?.fields["keepRunsDays"]} onChange={setKeep} />
      </div>
      {problem && <ProblemNote thrown={problem} />}
      <div>
        <Button look="primary" type="submit" why={mayNot}>
          Save
        </Button>
      </div>
    </form>
  );
}
