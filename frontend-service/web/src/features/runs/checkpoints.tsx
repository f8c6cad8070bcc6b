import { useQuery } from "@tanstack/react-query";
import { checkpointsQuery } from "@/api/jobs";
import type { Checkpoint } from "@/api/types";
import { Drawer } from "@/components/dialog";
import { Loaded } from "@/components/panel";
import { Since } from "@/components/time";
import { count } from "@/lib/format";

/** From where the next run goes on, in words, and below as the engine keeps it. */
export function CheckpointsDrawer({ job, onClose }: { job: number; onClose: () => void }) {
  const checkpoints = useQuery(checkpointsQuery(job));
  return (
    <Drawer title="Checkpoints" onClose={onClose}>
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
