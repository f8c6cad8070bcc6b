import type { UseQueryResult } from "@tanstack/react-query";
import { Inbox } from "lucide-react";
import { type ReactNode, useId } from "react";
import { clockTime } from "@/lib/format";
import { classes } from "@/lib/words";
import { Button } from "./button";
import { ProblemNote } from "./problem-note";
import { Note } from "./status";

/** A part of a page with a heading. */
export function Panel({ title, aside, children, flush }: {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
  /** Its content goes up to the edge. */
  flush?: boolean;
}) {
  const heading = useId();
  return (
    <section aria-labelledby={heading} className="min-w-0 rounded-lg border bg-surface">
      <header className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b px-4 py-1.5">
        <h2 id={heading} className="text-base font-semibold">
          {title}
        </h2>
        {aside && <div className="flex flex-wrap items-center gap-2 text-sm text-muted">{aside}</div>}
      </header>
      <div className={flush ? "" : "px-4 py-3"}>{children}</div>
    </section>
  );
}

/** What stands where something will be, in its final size. */
export function Skeleton({ rows = 3, className }: { rows?: number; className?: string }) {
  return (
    <div role="status" aria-label="Loading" className={classes("flex flex-col gap-2", className)}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="h-8 rounded-md bg-sunken motion-safe:animate-shimmer" />
      ))}
    </div>
  );
}

/** Nothing there yet: says what will be, and offers the one thing that leads there. */
export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-10 text-center">
      <Inbox size={22} className="text-muted" aria-hidden />
      <p className="font-medium">{title}</p>
      {children && <div className="max-w-prose text-sm text-muted">{children}</div>}
      {action && <div className="mt-1">{action}</div>}
    </div>
  );
}

/** Filters leave nothing over: names them, and takes them away. */
export function EmptyByFilter({ filters, onClear }: { filters: string; onClear: () => void }) {
  return (
    <Empty title="Nothing matches" action={<Button onClick={onClear}>Clear the filters</Button>}>
      There is nothing with {filters}.
    </Empty>
  );
}

/** A number cannot be told: says which input is missing. */
export function NotComputable({ missing, action }: { missing: string; action?: ReactNode }) {
  return (
    <Empty title="Cannot be computed" action={action}>
      {missing}
    </Empty>
  );
}

/**
 * Shows what a query has: a skeleton until it has answered, what went wrong if it failed, and if only a later look
 * failed, what is known together with how old that is.
 */
export function Loaded<T>({ query, skeleton, children }: {
  query: UseQueryResult<T>;
  skeleton?: ReactNode;
  children: (data: T) => ReactNode;
}) {
  const retry = () => void query.refetch();
  if (query.data === undefined) {
    return query.isError ? (
      <div className="p-4">
        <ProblemNote thrown={query.error} onRetry={retry} />
      </div>
    ) : (
      (skeleton ?? <Skeleton className="p-4" />)
    );
  }
  return (
    <>
      {query.isError && (
        <div className="p-3">
          <Note tone="warn" action={<Button small onClick={retry}>Try again</Button>}>
            As it was at {clockTime(query.dataUpdatedAt, true)}; looking again has failed: {query.error.message}.
          </Note>
        </div>
      )}
      {children(query.data)}
    </>
  );
}
