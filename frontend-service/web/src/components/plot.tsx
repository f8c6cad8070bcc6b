import { scaleLinear, scaleTime } from "d3-scale";
import { line } from "d3-shape";
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import { fullMoment } from "@/lib/format";
import { Axes, type Frame } from "./plot-axes";
import type { Series } from "./chart-view";

/** How a series looks: never by colour alone. */
export interface Mark {
  /** A class for the colour of text. */
  text: string;
  dash?: string;
  hollow?: boolean;
}

const height = 224;
const margin = { top: 10, right: 12, bottom: 24, left: 52 };

/** Draws series over time; the arrow keys go from point to point, dragging chooses a stretch. */
export function Plot({ name, series, format, onZoom }: {
  name: string;
  series: readonly Series[];
  format: (value: number) => string;
  onZoom?: (from: number, to: number) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [at, setAt] = useState<number | null>(null);
  const [drag, setDrag] = useState<number | null>(null);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const times = [...new Set(series.flatMap((each) => each.points.map((point) => point.at)))].toSorted((a, b) => a - b);
  const values = series.flatMap((each) => each.points.map((point) => point.value ?? 0));
  const [first = 0] = times;
  const last = times.at(-1) ?? first;
  const x = scaleTime([first, last === first ? first + 1 : last], [margin.left, Math.max(margin.left + 1, width - margin.right)]);
  const y = scaleLinear([0, Math.max(1, ...values)], [height - margin.bottom, margin.top]).nice(4);
  const frame: Frame = { width, height, margin };
  const bar = Math.max(2, Math.min(14, (width - margin.left - margin.right) / Math.max(1, times.length) - 2));
  const nearest = (pixel: number) =>
    times.reduce<number | null>((best, time) => (best === null || Math.abs(x(time) - pixel) < Math.abs(x(best) - pixel) ? time : best), null);
  const pixelOf = (event: PointerEvent) => event.clientX - event.currentTarget.getBoundingClientRect().left;

  function move(event: KeyboardEvent) {
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -times.length, End: times.length }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const from = at === null ? times.length - 1 : times.indexOf(at);
    setAt(times[Math.max(0, Math.min(times.length - 1, from + step))] ?? null);
  }

  const told = at === null ? [] : series.flatMap((each) => {
    const point = each.points.find((candidate) => candidate.at === at);
    return point ? [`${point.label ?? each.name}: ${point.value === null ? "not known" : format(point.value)}`] : [];
  });

  return (
    <div ref={box} className="relative h-56">
      <svg
        width="100%"
        height={height}
        tabIndex={0}
        role="application"
        aria-roledescription="chart"
        aria-label={`${name}: ${times.length} points in time. Arrow keys go from one to the next.`}
        onKeyDown={move}
        onBlur={() => setAt(null)}
        onPointerMove={(event) => setAt(nearest(pixelOf(event)))}
        onPointerLeave={() => (setAt(null), setDrag(null))}
        onPointerDown={(event) => onZoom && setDrag(pixelOf(event))}
        onPointerUp={(event) => {
          const to = pixelOf(event);
          if (onZoom && drag !== null && Math.abs(to - drag) > 12) {
            onZoom(x.invert(Math.min(drag, to)).getTime(), x.invert(Math.max(drag, to)).getTime());
          }
          setDrag(null);
        }}
        className="touch-pan-y rounded-md"
      >
        {width > 0 && (
          <>
            <Axes x={x} y={y} frame={frame} format={format} />
            {series.map((each) => (
              <g key={each.name} className={each.mark.text}>
                {each.kind === "line" && (
                  <path
                    d={line<Series["points"][number]>((point) => x(point.at), (point) => y(point.value ?? 0)).defined((point) => point.value !== null)(each.points) ?? ""}
                    fill="none"
                    stroke="currentColor"
                    strokeWidth="1.75"
                    strokeDasharray={each.mark.dash}
                  />
                )}
                {each.kind !== "line" &&
                  each.points.map((point) =>
                    point.value === null ? null : each.kind === "dot" ? (
                      <circle key={point.at} cx={x(point.at)} cy={y(point.value)} r={3.5} fill={each.mark.hollow ? "none" : "currentColor"} stroke="currentColor" strokeWidth="1.5" />
                    ) : (
                      <rect
                        key={point.at}
                        x={x(point.at) - bar / 2}
                        y={y(point.value)}
                        width={bar}
                        height={Math.max(1, height - margin.bottom - y(point.value))}
                        fill={each.mark.hollow ? "none" : "currentColor"}
                        stroke="currentColor"
                        rx="1"
                      />
                    ),
                  )}
              </g>
            ))}
            {at !== null && <line x1={x(at)} x2={x(at)} y1={margin.top} y2={height - margin.bottom} className="stroke-line-strong" />}
          </>
        )}
      </svg>
      {at !== null && (
        <div
          role="status"
          className="pointer-events-none absolute top-2 z-10 max-w-60 rounded-md border bg-raised px-2.5 py-1.5 text-xs shadow-raised"
          style={x(at) > width / 2 ? { right: width - x(at) + 10 } : { left: x(at) + 10 }}
        >
          <p className="text-muted">{fullMoment(at)}</p>
          {told.map((words) => (
            <p key={words} className="font-medium tabular-nums">{words}</p>
          ))}
        </div>
      )}
    </div>
  );
}
