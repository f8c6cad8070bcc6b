import type { ScaleLinear, ScaleTime } from "d3-scale";
import { clockTime, dateOf } from "@/lib/format";

export interface Frame {
  width: number;
  height: number;
  margin: { top: number; right: number; bottom: number; left: number };
}

const day = 86_400_000;

/** Few lines, and numbers as the reader writes them. */
export function Axes({ x, y, frame, format }: {
  x: ScaleTime<number, number>;
  y: ScaleLinear<number, number>;
  frame: Frame;
  format: (value: number) => string;
}) {
  const { width, height, margin } = frame;
  const [from, to] = x.domain();
  const long = from && to ? to.getTime() - from.getTime() > 2 * day : false;
  return (
    <g className="fill-muted text-2xs tabular-nums" aria-hidden>
      {y.ticks(4).map((value) => (
        <g key={value}>
          <line x1={margin.left} x2={width - margin.right} y1={y(value)} y2={y(value)} className="stroke-line" />
          <text x={margin.left - 8} y={y(value)} dy="0.32em" textAnchor="end">
            {format(value)}
          </text>
        </g>
      ))}
      {x.ticks(Math.max(2, Math.min(6, Math.floor(width / 130)))).map((time) => (
        <text key={time.getTime()} x={x(time)} y={height - 6} textAnchor="middle">
          {long ? dateOf(time.toISOString()).replace(/,? \d{4}$/, "") : clockTime(time.getTime())}
        </text>
      ))}
    </g>
  );
}
