import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { checkInput, createConnection } from "@/api/connections";
import { saveSchedule, steer } from "@/api/jobs";
import { asProblem, type Problem } from "@/api/problem";
import type { Check, Connector } from "@/api/types";
import { Button } from "@/components/button";
import { Check as Tick, SelectField, TextField } from "@/components/field";
import { ProblemNote } from "@/components/problem-note";
import { tell } from "@/components/toast";
import { useMissing } from "@/lib/me";
import { classes } from "@/lib/words";
import { CheckResult, RightsNeeded } from "./check-result";
import { type Draft, inputOf, newDraft, unanswered } from "./draft";
import { EstimatePanel } from "./estimate-panel";
import { FormFields } from "./form-fields";
import { ScopePicker } from "./scope-picker";

const steps = ["Address and token", "What is read", "Cost and schedule"] as const;
const intervals = [
  { value: "", label: "As all jobs" },
  { value: "900", label: "Every 15 minutes" },
  { value: "3600", label: "Every hour" },
  { value: "21600", label: "Every 6 hours" },
  { value: "86400", label: "Once a day" },
];

/** Connects a source in three steps; nothing is saved before the last one. */
export function Wizard({ connector }: { connector: Connector }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const mayNot = useMissing("connections:write");
  const [draft, setDraft] = useState<Draft>(() => newDraft(connector));
  const [step, setStep] = useState(0);
  const [check, setCheck] = useState<Check | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const [interval, setInterval] = useState("");
  const [startNow, setStartNow] = useState(true);
  const input = inputOf(connector.id, draft);
  const missing = unanswered(connector, draft);
  const why = mayNot ?? (missing.length > 0 ? `Still to be filled in: ${missing.join(", ")}.` : null);

  async function attempt(work: () => Promise<void>) {
    setBusy(true);
    setProblem(null);
    await work().catch((thrown: unknown) => setProblem(asProblem(thrown)));
    setBusy(false);
  }

  const test = () =>
    attempt(async () => {
      setCheck(null);
      const result = await checkInput(input);
      setCheck(result);
      // What was found with another token is not what this one sees.
      client.removeQueries({ queryKey: ["discover"] });
      client.removeQueries({ queryKey: ["estimate"] });
      if (result.works) setStep(1);
    });

  const save = () =>
    attempt(async () => {
      const made = await createConnection(input);
      if (interval) await saveSchedule(made.id, { intervalSeconds: Number(interval) });
      if (startNow) await steer(made.id, "start", {});
      await client.invalidateQueries();
      tell(`${made.name} is connected`, startNow ? "Its first reading begins as soon as its turn comes." : undefined);
      await navigate({ to: startNow ? "/jobs" : "/connections" });
    });

  function change(next: Draft) {
    setDraft(next);
    setCheck(null);
  }

  return (
    <div className="grid items-start gap-6 lg:grid-cols-[12rem_minmax(0,40rem)]">
      <ol className="flex gap-2 lg:flex-col" aria-label="Steps">
        {steps.map((name, index) => (
          <li
            key={name}
            aria-current={index === step ? "step" : undefined}
            className={classes("flex-1 border-t-2 pt-2 text-sm lg:border-t-0 lg:border-l-2 lg:py-1 lg:pl-3", index === step ? "border-accent font-medium" : index < step ? "border-good text-muted" : "border-line text-muted")}
          >
            {index + 1}. {name}
          </li>
        ))}
      </ol>
      <form
        className="flex flex-col gap-5 rounded-lg border bg-surface p-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (busy || why) return;
          if (step === 0) void test();
          else if (step === 1) setStep(2);
          else void save();
        }}
      >
        {step === 0 && (
          <>
            <RightsNeeded connector={connector} />
            <FormFields connector={connector} draft={draft} onChange={change} problem={problem} />
            {check && <CheckResult check={check} />}
          </>
        )}
        {step === 1 && (
          <>
            {check && <CheckResult check={check} />}
            <ScopePicker input={input} include={draft.include} onChange={(include) => setDraft({ ...draft, include })} />
          </>
        )}
        {step === 2 && (
          <>
            <TextField
              label="From when on (optional)"
              type="date"
              help="Empty reads all there ever was."
              value={draft.startFrom}
              onChange={(startFrom) => setDraft({ ...draft, startFrom })}
            />
            <EstimatePanel input={input} />
            <SelectField label="How often" value={interval} options={intervals} onChange={setInterval} />
            <Tick label="Start reading now" checked={startNow} onChange={setStartNow} />
          </>
        )}
        {problem && <ProblemNote thrown={problem} />}
        <WizardFooter back={step > 0 ? () => setStep(step - 1) : null}>
          <Button look="primary" type="submit" busy={busy} why={why}>
            {busy ? "One moment…" : step === 0 ? "Check and go on" : step === 1 ? "Go on" : "Connect"}
          </Button>
        </WizardFooter>
      </form>
    </div>
  );
}

function WizardFooter({ back, children }: { back: (() => void) | null; children: ReactNode }) {
  return (
    <div className="flex justify-between gap-2 border-t pt-4">
      {back ? <Button onClick={back}>Back</Button> : <span />}
      {children}
    </div>
  );
}
