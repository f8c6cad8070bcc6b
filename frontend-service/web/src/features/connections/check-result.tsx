import type { Check, Connector } from "@/api/types";
import { Note } from "@/components/status";

/** What the token needs, before one is made. */
export function RightsNeeded({ connector }: { connector: Connector }) {
  const { rights } = connector.form;
  if (rights.length === 0) return null;
  return (
    <div className="rounded-md bg-sunken px-4 py-3 text-sm">
      <p className="font-medium">What the token needs</p>
      <ul className="mt-1.5 flex flex-col gap-1.5">
        {rights.map((right) => (
          <li key={right.name}>
            <span className="font-mono text-xs">{right.name}</span>
            {!right.required && <span className="text-muted"> (can be left out)</span>}
            <span className="block text-muted">{right.why}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Whether it works: as whom, with what, and what each right that is missing leads to. */
export function CheckResult({ check }: { check: Check }) {
  return (
    <div className="flex flex-col gap-2" role="status">
      <Note tone={check.works ? "good" : "bad"}>
        {check.works ? "It works" : "It does not work yet"}
        {check.product && `: ${check.product}`}
        {check.account && `, signed in as ${check.account}`}.
      </Note>
      {check.missing.map((right) => (
        <Note key={right.right} tone={right.required ? "bad" : "warn"}>
          <span className="font-mono text-xs">{right.right}</span> is missing{right.required ? "" : ", which can be lived with"}: {right.consequence}{" "}
          <span className="text-muted">{right.remedy}</span>
        </Note>
      ))}
    </div>
  );
}
