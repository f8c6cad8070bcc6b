import { lazy, Suspense } from "react";
import { Panel } from "./panel";
import type { ChartProps } from "./chart-view";

const View = lazy(() => import("./chart-view"));

/**
 * The one chart of the dashboard: title, unit, the same data as a table and as a file, and a cursor for the
 * keyboard. How it is drawn is fetched only when there is one to draw.
 */
export function Chart({ title, ...props }: ChartProps & { title: string }) {
  return (
    <Panel title={title} aside={props.unit}>
      <div className="min-h-64">
        <Suspense fallback={<div role="status" aria-label="Loading" className="h-56 rounded-md bg-sunken" />}>
          <View {...props} name={title} />
        </Suspense>
      </div>
    </Panel>
  );
}
