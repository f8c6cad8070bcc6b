import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { previewSchedule, saveSchedule, scheduleQuery } from "@/api/jobs";
import type { Job, Schedule, ScheduleInput } from "@/api/types";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { SelectField, TextField } from "@/components/field";
import { Loaded } from "@/components/panel";
import { ProblemNote } from "@/components/problem-note";
import { tell } from "@/components/toast";
import { fullMoment, timeZone } from "@/lib/format";
import { useMissing } from "@/lib/me";

type Kind = "standard" | "interval" | "cron";

export function ScheduleDialog({ job, onClose }: { job: Job; onClose: () => void }) {
  const query = useQuery({ ...scheduleQuery(job.id), staleTime: 0 });
  return (
    <Dialog title={`When ${job.name} is due`} onClose={onClose}>
      <Loaded query={query}>{(schedule) => <ScheduleForm job={job} schedule={schedule} onClose={onClose} />}</Loaded>
    </Dialog>
  );
}

function ScheduleForm({ job, schedule, onClose }: { job: Job; schedule: Schedule; onClose: () => void }) {
  const client = useQueryClient();
  const mayNot = useMissing("jobs:control");
  const [kind, setKind] = useState<Kind>(schedule.cron ? "cron" : schedule.standard ? "standard" : "interval");
  const [minutes, setMinutes] = useState(String((schedule.intervalSeconds ?? 3600) / 60));
  const [cron, setCron] = useState(schedule.cron ?? "0 30 6 ? * MON-FRI");
  const [zone, setZone] = useState(schedule.zone ?? timeZone);
  const [misfire, setMisfire] = useState<"once" | "skip">(schedule.misfire);
  const [failure, setFailure] = useState<unknown>(null);
  const input: ScheduleInput =
    kind === "cron"
      ? { cron, zone, misfire }
      : kind === "interval"
        ? { intervalSeconds: Math.round(Number(minutes) * 60), misfire }
        : {};
  const preview = useQuery({
    queryKey: ["job", job.id, "schedule", "preview", input],
    queryFn: () => previewSchedule(job.id, input),
    placeholderData: (before: Schedule | undefined) => before,
    retry: false,
  });

  async function save() {
    try {
      await saveSchedule(job.id, input);
      void client.invalidateQueries({ queryKey: ["job", job.id] });
      void client.invalidateQueries({ queryKey: ["jobs"] });
      tell(`The schedule of ${job.name} is saved`);
      onClose();
    } catch (problem) {
      setFailure(problem);
    }
  }

  return (
    <form
      className="flex flex-col gap-4 px-5 py-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!mayNot) void save();
      }}
    >
      <SelectField
        label="How often"
        value={kind}
        options={[
          { value: "standard", label: "As all jobs" },
          { value: "interval", label: "Every so many minutes" },
          { value: "cron", label: "At times of the calendar" },
        ]}
        onChange={(value) => setKind(value as Kind)}
      />
      {kind === "interval" && (
        <TextField label="Minutes" type="number" min={1} max={1440} value={minutes} onChange={setMinutes} />
      )}
      {kind === "cron" && (
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField label="Cron expression" help="second minute hour day month weekday" value={cron} onChange={setCron} />
          <TextField label="By the clocks of" value={zone} onChange={setZone} />
        </div>
      )}
      {kind !== "standard" && (
        <SelectField
          label="Times that passed while nothing could run"
          value={misfire}
          options={[
            { value: "once", label: "are made up for by one run" },
            { value: "skip", label: "are left out" },
          ]}
          onChange={(value) => setMisfire(value as "once" | "skip")}
        />
      )}
      <div>
        <p className="text-sm font-medium">The next five times</p>
        {preview.isError ? (
          <ProblemNote thrown={preview.error} />
        ) : (
          <ol className="mt-1 min-h-28 text-sm text-muted tabular-nums">
            {preview.data?.next.slice(0, 5).map((at) => (
              <li key={at}>{fullMoment(at)}</li>
            ))}
          </ol>
        )}
      </div>
      {failure !== null && <ProblemNote thrown={failure} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Leave it</Button>
        <Button look="primary" type="submit" why={mayNot}>
          Save
        </Button>
      </div>
    </form>
  );
}
