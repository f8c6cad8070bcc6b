import { useQueryClient } from "@tanstack/react-query";
import { Ellipsis, Pause, Play, Square, StepForward } from "lucide-react";
import { useState } from "react";
import { steer } from "@/api/jobs";
import type { Job } from "@/api/types";
import { type ControlKind, controls } from "@/lib/control";
import { plural } from "@/lib/format";
import { useMissing } from "@/lib/me";
import { Button } from "./button";
import { Confirm } from "./confirm";
import { Menu, MenuItem, MenuLine } from "./menu";
import { tell } from "./toast";

/** Asks for confirmation of one act on one or more jobs, and tells what came of it. */
export function ConfirmControl({ kind, jobs, onClose }: { kind: ControlKind; jobs: readonly Job[]; onClose: () => void }) {
  const client = useQueryClient();
  const words = controls[kind];
  const able = jobs.filter((job) => words.why(job) === null);
  const [only] = able;
  const name = able.length === 1 && only ? only.name : plural(able.length, "job");

  async function act(reason: string | undefined) {
    const done = await Promise.all(able.map((job) => steer(job.id, words.act, { ...words.body, ...(reason ? { reason } : {}) })));
    for (const key of [["jobs"], ["orchestrator"]]) void client.invalidateQueries({ queryKey: key });
    const [first] = done;
    tell(`${words.label}: ${name}`, done.length === 1 ? first?.consequence : undefined);
  }

  return (
    <Confirm
      title={`${words.label} ${name}?`}
      consequence={
        <>
          <p>{only ? words.consequence(only) : "None of them can be steered so now."}</p>
          {able.length < jobs.length && (
            <p className="mt-2 text-sm text-muted">
              Left out: {jobs.filter((job) => !able.includes(job)).map((job) => `${job.name} (${words.why(job)})`).join(", ")}
            </p>
          )}
        </>
      }
      action={words.label}
      danger={words.danger ?? false}
      reason="optional"
      onConfirm={act}
      onClose={onClose}
    />
  );
}

const icons = { start: Play, pause: Pause, resume: StepForward, stop: Square } as const;

/** The acts that are at hand for a job: the likely ones as buttons, all of them in a menu. */
export function JobControl({ job, labels, onSchedule }: { job: Job; labels?: boolean; onSchedule?: () => void }) {
  const [asked, setAsked] = useState<ControlKind | null>(null);
  const mayNot = useMissing("jobs:control");
  const why = (kind: ControlKind) => mayNot ?? controls[kind].why(job);
  const going = job.state === "RUNNING" || job.state === "PENDING";
  const first = job.state === "PAUSED" ? "resume" : going ? "pause" : "start";
  const item = (kind: ControlKind) => (
    <MenuItem key={kind} why={why(kind)} danger={controls[kind].danger ?? false} onSelect={() => setAsked(kind)}>
      {controls[kind].label}
    </MenuItem>
  );
  const button = (kind: keyof typeof icons) => {
    const Icon = icons[kind];
    const label = `${controls[kind].label} ${job.name}`;
    return labels ? (
      <Button icon={<Icon size={14} />} why={why(kind)} onClick={() => setAsked(kind)}>
        {controls[kind].label}
      </Button>
    ) : (
      <Button small look="quiet" label={label} icon={<Icon size={15} />} why={why(kind)} onClick={() => setAsked(kind)} />
    );
  };
  return (
    <span className="inline-flex items-center gap-1">
      {button(first)}
      {(going || job.state === "PAUSED") && button("stop")}
      <Menu trigger={<Button small={!labels} look={labels ? "plain" : "quiet"} label={`More for ${job.name}`} icon={<Ellipsis size={15} />} />}>
        {(["start", "force", "activate"] as const).map(item)}
        <MenuLine />
        {(["pause", "pauseNow", "resume"] as const).map(item)}
        <MenuLine />
        {(["stop", "stopNow"] as const).map(item)}
        {onSchedule && (
          <>
            <MenuLine />
            <MenuItem onSelect={onSchedule}>Schedule…</MenuItem>
          </>
        )}
      </Menu>
      {asked && <ConfirmControl kind={asked} jobs={[job]} onClose={() => setAsked(null)} />}
    </span>
  );
}
