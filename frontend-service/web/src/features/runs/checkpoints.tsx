import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { checkpointsQuery, rewind } from "@/api/jobs";
import type { Checkpoint } from "@/api/types";
import { Button } from "@/components/button";
import { Confirm } from "@/components/confirm";
import { Drawer } from "@/components/dialog";
import { SelectField, TextField } from "@/components/field";
import { Loaded } from "@/components/panel";
import { Since } from "@/components/time";
import { tell } from "@/components/toast";
import { count, plural, timeZone } from "@/lib/format";
import { useMissing } from "@/lib/me";

/** From where the next run goes on, in words, and below as the engine keeps it. */
export function CheckpointsDrawer({ job, running, onClose }: { job: number; running: boolean; onClose: () => void }) {
  const checkpoints = useQuery(checkpointsQuery(job));
  const mayNot = useMissing("checkpoints:write");
  const [asked, setAsked] = useState(false);
  const why = mayNot ?? (running ? "A run is going on: stop or pause it first." : checkpoints.data?.length ? null : "There is none yet.");
  return (
    <Drawer
      title="Checkpoints"
      onClose={onClose}
      footer={
        <Button why={why} onClick={() => setAsked(true)}>
          Read again from a date…
        </Button>
      }
    >
      {asked && checkpoints.data && <Rewind job={job} checkpoints={checkpoints.data} onClose={() => setAsked(false)} />}
      <p className="border-b px-5 py-3 text-sm text-muted">
        Whatever stops a run, the next one goes on from here. A checkpoint is saved together with the rows that it
        stands for, so nothing is lost and nothing is read twice.
      </p>
      <Loaded query={checkpoints}>
        {(all) =>
          all.length === 0 ? (
            <p className="px-5 py-4 text-sm text-muted">None yet: no page has been stored.</p>
          ) : (
            <ul className="divide-y">
              {all.map((checkpoint) => (
                <Saved key={`${checkpoint.stream} ${checkpoint.partition}`} checkpoint={checkpoint} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Drawer>
  );
}

/** Sets checkpoints back; what was read stays, and is compared with what is read again. */
function Rewind({ job, checkpoints, onClose }: { job: number; checkpoints: readonly Checkpoint[]; onClose: () => void }) {
  const client = useQueryClient();
  const [to, setTo] = useState("");
  const [stream, setStream] = useState("");
  const streams = [...new Map(checkpoints.map((each) => [each.stream, each.streamLabel]))];
  return (
    <Confirm
      title="Read again from a date?"
      consequence="No row is deleted. The next run reads again all that has changed since then, which costs the source's allowance; what is the same is not written."
      action="Set back"
      danger
      typed="read again"
      reason="required"
      onConfirm={async (reason) => {
        const done = await rewind(job, new Date(to).toISOString(), reason ?? "", stream || undefined);
        await client.invalidateQueries({ queryKey: ["job", job] });
        tell(`${plural(done.partitions, "part")} set back`, done.consequence);
      }}
      onClose={onClose}
    >
      <TextField label="From" type="datetime-local" required help={`By the clocks of ${timeZone}.`} value={to} onChange={setTo} />
      <SelectField
        label="What"
        value={stream}
        options={[{ value: "", label: "All streams" }, ...streams.map(([id, label]) => ({ value: id, label }))]}
        onChange={setStream}
      />
    </Confirm>
  );
}

function Saved({ checkpoint }: { checkpoint: Checkpoint }) {
  return (
    <li className="px-5 py-3 text-sm">
      <p className="font-medium break-words">{checkpoint.standing?.words ?? `${checkpoint.streamLabel} of ${checkpoint.label}`}</p>
      <p className="text-xs text-muted">
        saved <Since at={checkpoint.updatedAt} />, version {count(checkpoint.version)}
        {checkpoint.walkStartedAt ? ", in the middle of reading" : ", read to its end"}
      </p>
      <details className="mt-1">
        <summary className="text-xs text-muted">As it is kept</summary>
        <pre className="mt-1 overflow-x-auto rounded-md bg-sunken p-2 font-mono text-2xs">{JSON.stringify(checkpoint, null, 2)}</pre>
      </details>
    </li>
  );
}
