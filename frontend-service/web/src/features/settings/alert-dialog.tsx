import { useState } from "react";
import { saveAlert } from "@/api/operations";
import { asProblem, type Problem } from "@/api/problem";
import type { Alert, AlertInput } from "@/api/types";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { Check, SelectField, TextField } from "@/components/field";
import { ProblemNote } from "@/components/problem-note";

type Condition = AlertInput["conditions"][number];

const conditions: readonly { id: Condition; label: string }[] = [
  { id: "JOB_FAILED", label: "A job fails" },
  { id: "JOB_LATE", label: "A job is late" },
  { id: "BUDGET_LOW", label: "A source's allowance runs low" },
  { id: "QUARANTINE_GROWING", label: "Many records cannot be read" },
];

export function AlertDialog({ alert, onSaved, onClose }: { alert: Alert | null; onSaved: () => void; onClose: () => void }) {
  const [name, setName] = useState(alert?.name ?? "");
  const [channel, setChannel] = useState<AlertInput["channel"]>(alert?.channel ?? "WEBHOOK");
  const [url, setUrl] = useState(alert?.url ?? "");
  const [secret, setSecret] = useState("");
  const [to, setTo] = useState(alert?.to.join(", ") ?? "");
  const [chosen, setChosen] = useState<readonly Condition[]>(alert?.watched.conditions ?? ["JOB_FAILED", "JOB_LATE"]);
  const [late, setLate] = useState(String(alert?.watched.lateAfter ?? 3));
  const [below, setBelow] = useState(String(alert?.watched.budgetBelowPercent ?? 10));
  const [perHour, setPerHour] = useState(String(alert?.watched.quarantinePerHour ?? 10));
  const [enabled, setEnabled] = useState(alert?.enabled ?? true);
  const [problem, setProblem] = useState<Problem | null>(null);
  const error = (field: string) => problem?.fields[field];
  const why = chosen.length === 0 ? "Choose when it tells." : null;

  async function save() {
    if (why) return;
    const body: AlertInput = {
      name,
      channel,
      enabled,
      conditions: [...chosen],
      lateAfter: Number(late),
      budgetBelowPercent: Number(below),
      quarantinePerHour: Number(perHour),
      ...(channel === "WEBHOOK" ? { url, ...(secret ? { secret } : {}) } : { to: to.split(/[,;\s]+/).filter(Boolean) }),
      ...(alert ? { version: alert.version, connections: alert.watched.connections } : {}),
    };
    await saveAlert(alert?.id ?? null, body).then(onSaved, (thrown: unknown) => setProblem(asProblem(thrown)));
  }

  return (
    <Dialog
      title={alert ? `Edit ${alert.name}` : "Add an alert"}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Leave it</Button>
          <Button look="primary" why={why} onClick={() => void save()}>Save</Button>
        </>
      }
    >
      <form className="flex flex-col gap-4 px-5 py-4" onSubmit={(event) => (event.preventDefault(), void save())}>
        <TextField label="Name" required maxLength={100} value={name} error={error("name")} onChange={setName} />
        <SelectField
          label="How"
          value={channel}
          options={[{ value: "WEBHOOK", label: "Call an address" }, { value: "MAIL", label: "Send a mail" }]}
          onChange={(value) => setChannel(value as AlertInput["channel"])}
        />
        {channel === "WEBHOOK" ? (
          <>
            <TextField label="Address" type="url" placeholder="https://" value={url} error={error("url")} onChange={setUrl} />
            <TextField
              label="Secret (optional)"
              help={alert?.secretSet ? "One is kept; leave this empty to keep it." : "Signs what is sent, so that the receiver knows it is from here. At least 16 characters."}
              type="password"
              autoComplete="off"
              value={secret}
              error={error("secret")}
              onChange={setSecret}
            />
          </>
        ) : (
          <TextField label="To" help="One or more addresses, with commas between." value={to} error={error("to")} onChange={setTo} />
        )}
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-2 text-sm font-medium">When</legend>
          {conditions.map(({ id, label }) => (
            <Check
              key={id}
              label={label}
              checked={chosen.includes(id)}
              onChange={(on) => setChosen(on ? [...chosen, id] : chosen.filter((each) => each !== id))}
            />
          ))}
        </fieldset>
        <div className="grid gap-4 sm:grid-cols-3">
          {chosen.includes("JOB_LATE") && <TextField label="Late after (times missed)" type="number" min={1} max={100} value={late} error={error("lateAfter")} onChange={setLate} />}
          {chosen.includes("BUDGET_LOW") && <TextField label="Low below (%)" type="number" min={1} max={90} value={below} error={error("budgetBelowPercent")} onChange={setBelow} />}
          {chosen.includes("QUARANTINE_GROWING") && <TextField label="Many (per hour)" type="number" min={1} value={perHour} error={error("quarantinePerHour")} onChange={setPerHour} />}
        </div>
        <Check label="It is on" checked={enabled} onChange={setEnabled} />
        {problem && <ProblemNote thrown={problem} />}
      </form>
    </Dialog>
  );
}
