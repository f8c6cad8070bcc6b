import { useState } from "react";
import { saveCsv } from "@/lib/csv";
import { fullMoment, moment } from "@/lib/format";
import { Button } from "./button";
import { type Mark, Plot } from "./plot";

export interface Series {
  name: string;
  /** Drawn as a line with gaps where nothing is known, or as bars. */
  kind: "line" | "bar" | "dot";
  mark: Mark;
  points: readonly { at: number; value: number | null; label?: string }[];
}

export interface ChartProps {
  unit: string;
  series: readonly Series[];
  format: (value: number) => string;
  /** A stretch that was chosen by dragging. */
  onZoom?: (from: number, to: number) => void;
}

export default function ChartView({ name, unit, series, format, onZoom }: ChartProps & { name: string }) {
  const [table, setTable] = useState(false);
  const times = [...new Set(series.flatMap((each) => each.points.map((point) => point.at)))].toSorted((a, b) => a - b);
  const value = (each: Series, at: number) => each.points.find((point) => point.at === at)?.value ?? null;

  return (
    <div className="flex flex-col gap-2">
      {table ? (
        <div tabIndex={0} role="region" aria-label={`${name} as a table`} className="h-56 overflow-auto rounded-md border">
          <table className="w-full text-sm">
            <thead className="text-left text-xs text-muted">
              <tr>
                <th className="px-3 py-1.5">Time</th>
                {series.map((each) => (
                  <th key={each.name} className="px-3 py-1.5 text-right">
                    {each.name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {times.map((at) => (
                <tr key={at} className="border-t">
                  <td className="px-3 py-1" title={fullMoment(at)}>{moment(at)}</td>
                  {series.map((each) => {
                    const known = value(each, at);
                    return (
                      <td key={each.name} className="px-3 py-1 text-right tabular-nums">
                        {known === null ? "–" : format(known)}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <Plot name={name} series={series} format={format} {...(onZoom ? { onZoom } : {})} />
      )}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-muted">
        {series.map((each) => (
          <span key={each.name} className="inline-flex items-center gap-1.5">
            <svg width="16" height="8" aria-hidden className={each.mark.text}>
              {each.kind === "line" ? (
                <path d="M0 4h16" stroke="currentColor" strokeWidth="2" strokeDasharray={each.mark.dash} />
              ) : each.mark.hollow ? (
                <rect x="4" y="0.75" width="7" height="6.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
              ) : (
                <rect x="4" width="8" height="8" fill="currentColor" />
              )}
            </svg>
            {each.name}
          </span>
        ))}
        <span className="flex-1" />
        <Button small look="quiet" aria-pressed={table} onClick={() => setTable(!table)}>
          {table ? "As a chart" : "As a table"}
        </Button>
        <Button
          small
          look="quiet"
          onClick={() =>
            void saveCsv(
              `pulse-${name.toLowerCase().replaceAll(/\W+/g, "-")}.csv`,
              ["time", ...series.map((each) => `${each.name} (${unit})`)],
              [times.map((at) => [new Date(at).toISOString(), ...series.map((each) => value(each, at))])],
            )
          }
        >
          CSV
        </Button>
      </div>
    </div>
  );
}
