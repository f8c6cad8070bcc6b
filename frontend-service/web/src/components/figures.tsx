import type { ReactNode } from "react";

export interface Figure {
  label: string;
  value: ReactNode;
  /** Unit, how many, or whatever else the number needs beside it. */
  note?: ReactNode | undefined;
}

/** A few numbers side by side, each with its name. */
export function Figures({ figures }: { figures: readonly Figure[] }) {
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border bg-line sm:grid-cols-[repeat(auto-fit,minmax(9rem,1fr))]">
      {figures.map((figure) => (
        <div key={figure.label} className="flex min-w-0 flex-col-reverse justify-end gap-0.5 bg-surface px-4 py-3 max-sm:last:odd:col-span-2">
          <dd className="text-xl font-semibold tracking-tight break-words tabular-nums">
            {figure.value}
            {figure.note && <span className="block text-xs font-normal tracking-normal text-muted">{figure.note}</span>}
          </dd>
          <dt className="text-xs text-muted">{figure.label}</dt>
        </div>
      ))}
    </dl>
  );
}
